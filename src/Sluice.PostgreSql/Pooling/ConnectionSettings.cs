using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>The connection string and the options as one: what the driver is given, and the bounds of the pool.</summary>
sealed class ConnectionSettings
{
    // The kernel lets a socket file hold 200 KB and wakes its writer for each 150 KB that the server took; a COPY then spends as much on
    // waking as on encoding. It cuts what is more than it allows. TCP's buffers grow by themselves, and would stop to if they were set.
    const int SocketFileBuffer = 2 * 1024 * 1024;

    readonly HashSet<string> _given;
    readonly NpgsqlConnectionStringBuilder _settings;

    ConnectionSettings(string connectionString)
    {
        _settings = new NpgsqlConnectionStringBuilder(connectionString);
        _given = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    internal int PoolSize { get; private set; }

    internal int MaxOverflow { get; private set; }

    internal bool Enlists => _settings.Enlist;

    /// <summary>The age at which a connection is replaced; zero for none.</summary>
    internal TimeSpan Age => TimeSpan.FromSeconds(_settings.ConnectionLifetime);

    /// <summary>Whether a session that may have been changed is reset before it is lent again.</summary>
    internal bool ResetsSessions { get; private set; }

    /// <summary>How many statements a connection keeps prepared; zero where it leads through a pooler, as the options say.</summary>
    internal int PreparedStatements { get; private set; }

    /// <summary>How often a statement comes before it is prepared.</summary>
    internal int UsesBeforePreparing { get; private set; }

    /// <summary>What is set anew in every transaction where sessions do not keep it, or null.</summary>
    internal TransactionOptions? PerTransaction { get; private set; }

    /// <summary>
    /// The same settings without what only a session keeps, for a pooler that refuses it; null where there is no such thing.
    /// </summary>
    internal ConnectionSettings? WithoutSession { get; private set; }

    /// <summary>The string for the connections that are kept.</summary>
    internal string Pooled => _settings.ConnectionString;

    /// <summary>
    /// The string for those that callers rent, whose sessions the driver resets; few of them are kept idle, and not for long.
    /// </summary>
    internal string Rented => new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
    {
        NoResetOnClose = !ResetsSessions,
        MinPoolSize = 0,
        ConnectionIdleLifetime = RentedIdleSeconds,
        ConnectionPruningInterval = RentedIdleSeconds,
    }.ConnectionString;

    const int RentedIdleSeconds = 10;

    /// <summary>The string for those that are closed when they are given back.</summary>
    internal string Overflow => new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString;

    /// <exception cref="ArgumentException">
    /// The string is malformed, an option is out of range, or the two contradict each other.
    /// </exception>
    internal static ConnectionSettings Of(string connectionString, PostgresEngineOptions options)
    {
        var settings = new ConnectionSettings(connectionString);
        settings.SetDefaults();
        settings.SetPool(options);
        settings.SetPrepared(options);
        settings.SetReset();
        if (settings.SetTimeouts(options))
            settings.WithoutSession = Of(connectionString, options with { PreparedStatements = 0 }, settings);
        return settings;
    }

    // The contradictions were looked for when the settings were made that these stand in for.
    static ConnectionSettings Of(string connectionString, PostgresEngineOptions options, ConnectionSettings like)
    {
        var settings = new ConnectionSettings(connectionString);
        settings.SetDefaults();
        settings.SetPool(options);
        settings.UsesBeforePreparing = like.UsesBeforePreparing;
        settings._settings.MaxAutoPrepare = 0;
        settings.SetReset();
        settings.SetTimeouts(options);
        return settings;
    }

    // The driver would reset a session for every loan, which takes the server half as long as writing a row does.
    void SetReset()
    {
        ResetsSessions = PreparedStatements > 0 && !(Given("NoResetOnClose") && _settings.NoResetOnClose);
        _settings.NoResetOnClose = true;
    }

    void SetDefaults()
    {
        if (!Given("CommandTimeout"))
            _settings.CommandTimeout = 0;
        if (!Given("TcpKeepalive"))
            _settings.TcpKeepAlive = true;
        if (!Given("GssEncryptionMode"))
            _settings.GssEncryptionMode = GssEncryptionMode.Disable;
        if (!Given("ApplicationName"))
            _settings.ApplicationName = "sluice";
        if (!Given("SocketSendBufferSize") && IsSocketFile(_settings.Host))
            _settings.SocketSendBufferSize = SocketFileBuffer;
    }

    // As the driver tells the directory of a server's socket, or an abstract name, from a host.
    static bool IsSocketFile(string? host) => host is not null && (Path.IsPathRooted(host) || host.StartsWith('@'));

    void SetPool(PostgresEngineOptions options)
    {
        var bounded = Given("MaximumPoolSize") || Given("MaxPoolSize");
        if (bounded && options.PoolSize is { } size && size != _settings.MaxPoolSize)
            throw ConnectionProblems.Contradiction(nameof(options.PoolSize), "Maximum Pool Size",
                _settings.MaxPoolSize.ToString(CultureInfo.InvariantCulture));
        if (!_settings.Pooling && options.PoolSize > 0)
            throw ConnectionProblems.Contradiction(nameof(options.PoolSize), "Pooling", "false");
        PoolSize = !_settings.Pooling ? 0 : bounded ? _settings.MaxPoolSize : options.PoolSize ?? 10;
        MaxOverflow = options.MaxOverflow ?? (bounded ? 0 : 20);
        if (PoolSize < 0 || MaxOverflow < 0 || PoolSize + MaxOverflow == 0)
            throw new ArgumentOutOfRangeException(nameof(options),
                "The pool must allow one connection at least, by PoolSize or MaxOverflow, and neither is negative.");
        if (PoolSize > 0)
            _settings.MaxPoolSize = PoolSize;
        _settings.MinPoolSize = Math.Min(_settings.MinPoolSize, Math.Max(PoolSize, 0));

        if (options.PoolRecycle is not { } age)
            return;
        if (Given("ConnectionLifetime") && _settings.ConnectionLifetime != (int)age.TotalSeconds)
            throw ConnectionProblems.Contradiction(nameof(options.PoolRecycle), "Connection Lifetime",
                _settings.ConnectionLifetime.ToString(CultureInfo.InvariantCulture));
        _settings.ConnectionLifetime = Math.Max(1, (int)age.TotalSeconds);
    }

    // Sluice prepares by itself, connection by connection: what the driver is told holds for all of them, also for those that lead through
    // a pooler.
    void SetPrepared(PostgresEngineOptions options)
    {
        if (options.PreparedStatements < 0)
            throw new ArgumentOutOfRangeException(nameof(options), "PreparedStatements is negative. Zero keeps none.");
        if (Given("MaxAutoPrepare") && options.PreparedStatements is { } wanted && _settings.MaxAutoPrepare != wanted)
            throw ConnectionProblems.Contradiction(nameof(options.PreparedStatements), "Max Auto Prepare",
                _settings.MaxAutoPrepare.ToString(CultureInfo.InvariantCulture));
        PreparedStatements = options.PreparedStatements ?? (Given("MaxAutoPrepare") ? _settings.MaxAutoPrepare : 100);
        UsesBeforePreparing = Given("AutoPrepareMinUsages") ? _settings.AutoPrepareMinUsages : 2;
        _settings.MaxAutoPrepare = 0;
    }

    /// <returns>Whether the session is to keep them.</returns>
    bool SetTimeouts(PostgresEngineOptions options)
    {
        if (EngineTimeouts.Of(options, _settings.Options) is not { } timeouts)
            return false;
        // A pooler refuses the settings of a session when it is connected to, or leaves them with a connection that the next transaction
        // does not get.
        PerTransaction = timeouts.PerTransaction;
        if (PreparedStatements == 0)
            return false;
        // As a session's defaults they outlive the DISCARD ALL that cleans a connection for its next user.
        _settings.Options = string.Join(' ', timeouts.Arguments.Prepend(_settings.Options).Where(text => !string.IsNullOrEmpty(text)));
        return true;
    }

    bool Given(string key) => _given.Contains(key);
}
