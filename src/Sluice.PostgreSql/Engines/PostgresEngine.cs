using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using Sluice.PostgreSql.Engines;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Rendering;
using Sluice.Providers;
using Sluice.Rendering;
using AmbientTransaction = System.Transactions.Transaction;

namespace Sluice.PostgreSql;

/// <summary>A PostgreSQL database behind a pool of connections.</summary>
public sealed class PostgresEngine : Engine
{
    readonly ConnectionPool _pool;
    readonly AmbientSessions _ambient;
    bool _disposed;
    readonly int _compiledStatements;
    readonly ConcurrentDictionary<int, PostgresDialect> _dialects = [];
    PostgresDialect? _first;

    PostgresEngine(string target, ConnectionPool pool, PostgresEngineOptions options)
    {
        Target = target;
        _pool = pool;
        _ambient = new AmbientSessions(OpenAsync);
        _compiledStatements = options.CompiledStatements;
    }

    /// <inheritdoc/>
    public override string Target { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// That of the first server that was connected to; before, of PostgreSQL 15. Where one connection string leads to servers of several
    /// versions, each session has its own server's.
    /// </remarks>
    public override SqlDialect Dialect => _first ?? s_unknown;

    /// <inheritdoc/>
    public override int MostWriters => int.MaxValue;

    static readonly PostgresDialect s_unknown = new(15);

    /// <summary>Creates an engine with a pool of its own.</summary>
    /// <param name="connectionString">
    /// As Npgsql has it. Unless the string says otherwise, commands have no client-side timeout (a load takes as long as it takes; the
    /// server's statement_timeout stands), dead connections are noticed by TCP keep-alive, and no Kerberos encryption is attempted.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The string has an unknown key or a malformed value, or says one thing where an option says another.
    /// </exception>
    public static PostgresEngine Create(string connectionString, PostgresEngineOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new PostgresEngineOptions();
        try
        {
            var settings = ConnectionSettings.Of(connectionString, options);
            var target = TargetOf(connectionString);
            return new PostgresEngine(target, new ConnectionPool(target, settings, options), options);
        }
        catch (Exception unread) when (unread is FormatException or OverflowException or InvalidCastException or KeyNotFoundException)
        {
            // The driver's message may repeat the value.
            throw ConnectionProblems.BadConnectionString(nameof(connectionString));
        }
    }

    /// <summary>
    /// Creates an engine over the application's own pool, which keeps its own bounds and is never disposed by the engine.
    /// </summary>
    /// <param name="dataSource">The pool. Its connections may be used by others between the engine's operations.</param>
    /// <param name="options">
    /// Null for the defaults. Timeouts are set in each transaction of the engine's, since the pool's sessions are not the engine's to set
    /// up; in a TransactionScope the application's own hold. Statements are prepared where
    /// <see cref="EngineOptions.PreparedStatements"/> says how many.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An option is the data source's to decide, or says one thing where its connection string says another.
    /// </exception>
    public static PostgresEngine Create(NpgsqlDataSource dataSource, PostgresEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new PostgresEngineOptions();
        var settings = DataSourceSettings.Of(dataSource.ConnectionString, options);
        var target = TargetOf(dataSource.ConnectionString);
        return new PostgresEngine(target, new ConnectionPool(target, dataSource, settings), options);
    }

    /// <summary>Gives the caller's connection every verb of an engine.</summary>
    /// <param name="connection">An open connection, used for one thing at a time. It is never closed.</param>
    /// <param name="transaction">The transaction that the caller has begun on it, which is never committed or rolled back; or null.</param>
    /// <exception cref="ArgumentException">The connection is not open, or the transaction is another connection's.</exception>
    public static Database Attach(NpgsqlConnection connection, NpgsqlTransaction? transaction = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            throw new ArgumentException("The connection is not open. Open it before it is attached.", nameof(connection));
        if (connection.FullState != System.Data.ConnectionState.Open)
            throw new ArgumentException("The connection is in use by a command, a reader or a COPY. Close it before the connection is attached.", nameof(connection));
        if (transaction is not null && transaction.Connection != connection)
            throw new ArgumentException("The transaction was begun on another connection, or has ended.", nameof(transaction));
        return new AttachedPostgres(TargetOf(connection.ConnectionString), connection, transaction is not null);
    }

    static string TargetOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL '{settings.Database ?? settings.Username}' at {settings.Host}:{settings.Port}";
    }

    /// <inheritdoc/>
    /// <remarks>In a TransactionScope it takes part in its transaction, unless the connection string says <c>Enlist=false</c>.</remarks>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public override Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _pool.Enlists && AmbientSessions.Current is { } ambient
            ? _ambient.OpenAsync(ambient, cancellationToken)
            : OpenAsync(ambient: null, cancellationToken);
    }

    /// <summary>Lends a connection of the pool, for Dapper or for commands of ADO.NET.</summary>
    /// <param name="cancellationToken">Cancels the waiting for one.</param>
    /// <returns>
    /// The connection, open, which goes back when it is disposed. One of the engine's own pool counts as one of its connections and has
    /// the timeouts of its options; one of a data source is as that makes it. <see cref="Attach"/> gives it the verbs.
    /// </returns>
    /// <remarks>
    /// Disposal rolls back; the rest of its session is reset when the connection is lent again, or ends with it after some ten seconds.
    /// </remarks>
    /// <exception cref="BulkPlanException">The call is in a TransactionScope that the engine's own pool takes part in.</exception>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public new Task<NpgsqlConnection> RentConnectionAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return OpenAsync(() => _pool.RentAsync(cancellationToken));
    }

    /// <inheritdoc/>
    protected override async Task<DbConnection> RentAsync(CancellationToken cancellationToken) =>
        await RentConnectionAsync(cancellationToken).ConfigureAwait(false);

    Task<BulkSession> OpenAsync(AmbientTransaction? ambient, CancellationToken cancellationToken) => OpenAsync<BulkSession>(async () =>
    {
        var lease = await _pool.LendAsync(ambient, cancellationToken).ConfigureAwait(false);
        return new PostgresSession(Target, lease, ambient is null ? _pool.PerTransaction : null, DialectOf(lease.Connection),
            isInCallers: ambient is not null);
    });

    async Task<TResult> OpenAsync<TResult>(Func<Task<TResult>> open)
    {
        try
        {
            return await open().ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw failure switch
            {
                ObjectDisposedException => ConnectionProblems.SourceDisposed(failure),
                System.Transactions.TransactionException => ConnectionProblems.NotEnlisted(failure),
                _ => ConnectionProblems.NotConnected(Target, failure),
            };
        }
    }

    PostgresDialect DialectOf(NpgsqlConnection connection)
    {
        var version = connection.PostgreSqlVersion.Major;
        if (!_dialects.TryGetValue(version, out var dialect))
            dialect = _dialects.GetOrAdd(version, static (made, kept) => new PostgresDialect(made, kept), _compiledStatements);
        _first ??= dialect;
        return dialect;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        return _pool.DisposeAsync();
    }
}
