using Sluice.PostgreSql.Pooling;

namespace Sluice.PostgreSql.Writing;

/// <summary>What a transaction sets for itself alone, so that nothing of it stays with a pooled connection.</summary>
static class TransactionSettings
{
    /// <param name="options">What its caller asks for.</param>
    /// <param name="usual">What every transaction sets, because sessions do not keep it; or null.</param>
    /// <returns>The statements, or null where there is nothing to set.</returns>
    internal static string? Of(TransactionOptions options, TransactionOptions? usual)
    {
        var settings = new List<string>();
        if (options.ReadOnly)
            settings.Add("SET TRANSACTION READ ONLY");
        Add("statement_timeout", options.StatementTimeout ?? usual?.StatementTimeout);
        Add("lock_timeout", options.LockTimeout ?? usual?.LockTimeout);
        Add("idle_in_transaction_session_timeout", options.IdleTimeout ?? usual?.IdleTimeout);
        return settings.Count == 0 ? null : string.Join("; ", settings);

        void Add(string setting, TimeSpan? value)
        {
            if (value is { } time)
                settings.Add($"SET LOCAL {setting} = {ConnectionSettings.Milliseconds(time)}");
        }
    }
}
