using System.Collections.Concurrent;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>Opens connections by the driver: from the pool that it keeps, or as one that it does not keep.</summary>
sealed class DriverPools : IAsyncDisposable
{
    // Far more than are open. One that was forgotten is asked again.
    const int MostBackends = 2_000;

    readonly ConcurrentDictionary<int, Backend> _backends = [];
    readonly bool _loadsTypes;
    readonly DataSourceSettings? _given;
    readonly Lock _changing = new();
    volatile Sources _sources;

    /// <summary>Pools of the engine's own.</summary>
    internal DriverPools(ConnectionSettings settings, bool loadsTypes)
    {
        _loadsTypes = loadsTypes;
        _sources = Build(settings);
    }

    /// <summary>The application's own pool.</summary>
    internal DriverPools(NpgsqlDataSource dataSource, DataSourceSettings settings)
    {
        _sources = new Sources(dataSource, dataSource, new Lazy<NpgsqlDataSource>(dataSource), Settings: null);
        _given = settings;
    }

    /// <summary>The driver's pool, its way to connections that it does not keep, and what both were made from.</summary>
    sealed record Sources(NpgsqlDataSource Kept, NpgsqlDataSource Overflow, Lazy<NpgsqlDataSource> Rented, ConnectionSettings? Settings);

    /// <summary>What is set anew in every transaction where sessions do not keep it, or null.</summary>
    internal TransactionOptions? PerTransaction => _given is null ? _sources.Settings?.PerTransaction : _given.PerTransaction;

    Sources Build(ConnectionSettings settings) => new(
        Build(settings.Pooled, settings),
        Build(settings.Overflow, settings),
        new Lazy<NpgsqlDataSource>(() => Build(settings.Rented, settings)),
        settings);

    NpgsqlDataSource Build(string connectionString, ConnectionSettings settings)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (!_loadsTypes)
            builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.UsePhysicalConnectionInitializer(Opened, connection =>
        {
            Opened(connection);
            return Task.CompletedTask;
        });
        return builder.Build();

        // A server's number of a process comes again when that has ended.
        void Opened(NpgsqlConnection connection)
        {
            if (_backends.Count >= MostBackends)
                _backends.Clear();
            _backends[connection.ProcessID] = settings.PreparedStatements == 0
                ? Backend.Shared()
                : new Backend(settings.PreparedStatements, settings.UsesBeforePreparing);
        }
    }

    /// <summary>The server's end of a connection.</summary>
    /// <remarks>Commands of many connections that share one have no process of their own to compare.</remarks>
    internal Backend BackendOf(NpgsqlConnection connection) =>
        _given is { Multiplexes: true }
            ? Backend.Shared()
            : _backends.GetOrAdd(connection.ProcessID, static (_, given) => given?.NewBackend() ?? Backend.Shared(), _given);

    internal Task<NpgsqlConnection> OpenAsync(bool isOverflow, CancellationToken cancellationToken) =>
        OpenAsync(isOverflow ? static sources => sources.Overflow : static sources => sources.Kept, cancellationToken);

    /// <summary>Opens a connection for a caller, after whom the driver resets the session.</summary>
    internal Task<NpgsqlConnection> OpenRentedAsync(CancellationToken cancellationToken) =>
        OpenAsync(static sources => sources.Rented.Value, cancellationToken);

    async Task<NpgsqlConnection> OpenAsync(Func<Sources, NpgsqlDataSource> choose, CancellationToken cancellationToken)
    {
        while (true)
        {
            var sources = _sources;
            try
            {
                return await choose(sources).OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ProtocolViolation && sources.Settings?.WithoutSession is { } settings)
            {
                // A pooler takes no settings of a session, which it does not give either.
                lock (_changing)
                    _sources = ReferenceEquals(_sources, sources) ? Build(settings) : _sources;
                await DisposeAsync(sources).ConfigureAwait(false);
            }
            catch (ObjectDisposedException) when (!ReferenceEquals(_sources, sources))
            {
                // Another caller has met that meanwhile.
            }
        }
    }

    /// <summary>Closes the connections that are idle, and those that are in use when they are given back.</summary>
    internal void Clear()
    {
        var sources = _sources;
        sources.Kept.Clear();
        if (sources.Rented.IsValueCreated)
            sources.Rented.Value.Clear();
    }

    public ValueTask DisposeAsync() => DisposeAsync(_sources);

    static async ValueTask DisposeAsync(Sources sources)
    {
        await sources.Kept.DisposeAsync().ConfigureAwait(false);
        await sources.Overflow.DisposeAsync().ConfigureAwait(false);
        if (sources.Rented.IsValueCreated)
            await sources.Rented.Value.DisposeAsync().ConfigureAwait(false);
    }
}
