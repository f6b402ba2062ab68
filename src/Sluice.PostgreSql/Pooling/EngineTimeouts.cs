using System.Globalization;

namespace Sluice.PostgreSql.Pooling;

/// <summary>The time limits among an engine's options.</summary>
sealed class EngineTimeouts
{
    readonly List<(string Option, string Setting, TimeSpan Value)> _timeouts = [];

    EngineTimeouts(PostgresEngineOptions options)
    {
        Add(nameof(options.StatementTimeout), "statement_timeout", options.StatementTimeout);
        Add(nameof(options.LockTimeout), "lock_timeout", options.LockTimeout);
        Add(nameof(options.IdleInTransactionTimeout), "idle_in_transaction_session_timeout", options.IdleInTransactionTimeout);
        PerTransaction = new TransactionOptions
        {
            StatementTimeout = options.StatementTimeout,
            LockTimeout = options.LockTimeout,
            IdleTimeout = options.IdleInTransactionTimeout,
        };
    }

    /// <summary>As a transaction sets them for itself.</summary>
    internal TransactionOptions PerTransaction { get; }

    /// <summary>As a session is started with them.</summary>
    internal IEnumerable<string> Arguments => _timeouts.Select(timeout => $"-c {timeout.Setting}={Milliseconds(timeout.Value)}");

    /// <returns>Null where there are none.</returns>
    /// <exception cref="ArgumentException">The connection string sets one of them too.</exception>
    internal static EngineTimeouts? Of(PostgresEngineOptions options, string? inConnectionString)
    {
        var timeouts = new EngineTimeouts(options);
        foreach (var (option, setting, _) in timeouts._timeouts)
        {
            if (inConnectionString?.Contains(setting, StringComparison.OrdinalIgnoreCase) == true)
                throw ConnectionProblems.ContradictionInOptions(option, setting);
        }
        return timeouts._timeouts.Count == 0 ? null : timeouts;
    }

    void Add(string option, string setting, TimeSpan? value)
    {
        if (value is { } time)
            _timeouts.Add((option, setting, time));
    }

    /// <summary>A time as the server reads it; the least there is, for zero would mean none.</summary>
    internal static string Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
