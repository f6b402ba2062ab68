using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Writing;
using Sluice.Rendering;
using Sluice.Writing;

namespace Sluice.PostgreSql;

/// <summary>A PostgreSQL database behind a pool of connections.</summary>
public sealed class PostgresEngine : Engine
{
    readonly NpgsqlDataSource _dataSource;
    readonly bool _ownsDataSource;
    readonly int _compiledStatements;
    PostgresDialect? _dialect;

    PostgresEngine(NpgsqlDataSource dataSource, bool ownsDataSource, PostgresEngineOptions options)
    {
        _compiledStatements = options.CompiledStatements;
        _dataSource = dataSource;
        _ownsDataSource = ownsDataSource;
        var settings = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        Target = $"PostgreSQL '{settings.Database ?? settings.Username}' at {settings.Host}:{settings.Port}";
    }

    /// <inheritdoc/>
    public override string Target { get; }

    /// <inheritdoc/>
    /// <remarks>Before the first connection, which tells the server's version, that of PostgreSQL 15.</remarks>
    public override SqlDialect Dialect => _dialect ?? s_unknown;

    static readonly PostgresDialect s_unknown = new(15);

    /// <summary>Creates an engine with a pool of its own.</summary>
    /// <param name="connectionString">
    /// As Npgsql has it. Unless the string says otherwise, commands have no client-side timeout (a load takes as long as it takes; the
    /// server's statement_timeout stands), dead connections are noticed by TCP keep-alive, and no Kerberos encryption is attempted.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The string has an unknown key or a malformed value.</exception>
    public static PostgresEngine Create(string connectionString, PostgresEngineOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!given.Contains("CommandTimeout"))
            settings.CommandTimeout = 0;
        if (!given.Contains("TcpKeepalive"))
            settings.TcpKeepAlive = true;
        if (!given.Contains("GssEncryptionMode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        if (!given.Contains("ApplicationName"))
            settings.ApplicationName = "sluice";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (options is { LoadTypes: false })
            builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return new PostgresEngine(builder.Build(), ownsDataSource: true, options ?? new PostgresEngineOptions());
    }

    /// <summary>Creates an engine over the application's own pool, which the engine never disposes.</summary>
    public static PostgresEngine Create(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return new PostgresEngine(dataSource, ownsDataSource: false, new PostgresEngineOptions());
    }

    /// <inheritdoc/>
    public override async Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            _dialect ??= new PostgresDialect(connection.PostgreSqlVersion.Major, _compiledStatements);
            return new PostgresSession(Target, connection);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw Throw.CannotConnect(Target, failure);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _ownsDataSource ? _dataSource.DisposeAsync() : ValueTask.CompletedTask;
}
