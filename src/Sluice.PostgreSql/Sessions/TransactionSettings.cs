using Sluice.PostgreSql.Pooling;

namespace Sluice.PostgreSql.Sessions;

/// <summary>The statements that set what holds for one transaction.</summary>
static class TransactionSettings
{
    /// <param name="options">What the transaction was begun with.</param>
    /// <param name="unkept">What holds otherwise, where the session does not keep it; or null.</param>
    internal static List<string> Of(TransactionOptions options, TransactionOptions? unkept)
    {
        var settings = new List<string>();
        if (options.ReadOnly)
            settings.Add("SET TRANSACTION READ ONLY");
        Add("statement_timeout", options.StatementTimeout ?? unkept?.StatementTimeout);
        Add("lock_timeout", options.LockTimeout ?? unkept?.LockTimeout);
        Add("idle_in_transaction_session_timeout", options.IdleTimeout ?? unkept?.IdleTimeout);
        return settings;

        void Add(string setting, TimeSpan? value)
        {
            if (value is { } time)
                settings.Add($"SET LOCAL {setting} = {EngineTimeouts.Milliseconds(time)}");
        }
    }
}
