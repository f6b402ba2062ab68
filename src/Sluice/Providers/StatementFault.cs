namespace Sluice.Providers;

/// <summary>What went wrong with a statement, as the caller gets it.</summary>
static class StatementFault
{
    /// <param name="fault">What the database package says.</param>
    /// <param name="reads">Whether the statement only reads, so that there is nothing to say of what it changed.</param>
    internal static BulkException Explain(LoadFault fault, bool reads = false)
    {
        var problem = char.ToUpperInvariant(fault.Problem[0]) + fault.Problem[1..];
        // Of a connection that is gone nobody knows more than the fault says: even a SELECT may call what writes.
        var kept = reads || fault.OutcomeUnknown || fault.IsLost ? "" : " The statement changed nothing.";
        return new StatementException(fault.Code, $"{problem}. {fault.Remedy}{kept}", fault.SqlState, fault.InnerException)
        {
            Constraint = fault.Constraint,
            IsOutcomeUnknown = fault.OutcomeUnknown,
        };
    }
}
