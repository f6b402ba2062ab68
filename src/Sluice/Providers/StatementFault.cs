namespace Sluice.Providers;

/// <summary>What went wrong with a statement, as the caller gets it.</summary>
static class StatementFault
{
    /// <param name="fault">What the database package says.</param>
    /// <param name="reads">Whether the statement only reads, so that there is nothing to say of what it changed.</param>
    internal static BulkException Explain(LoadFault fault, bool reads = false)
    {
        // Of a connection that is gone nobody knows more than the fault says: even a SELECT may call what writes.
        var kept = reads || fault.OutcomeUnknown || fault.IsLost ? Kept.Unsaid : Kept.NothingByStatement;
        return new StatementException(fault.ToFailure(kept, isOfRow: false), fault.InnerException);
    }
}
