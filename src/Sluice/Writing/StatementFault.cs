namespace Sluice.Writing;

/// <summary>What went wrong with a statement, as the caller gets it.</summary>
static class StatementFault
{
    internal static BulkException Explain(LoadFault fault)
    {
        var problem = char.ToUpperInvariant(fault.Problem[0]) + fault.Problem[1..];
        var kept = fault.OutcomeUnknown ? "" : " The statement changed nothing.";
        return new StatementException(fault.Code, $"{problem}. {fault.Remedy}{kept}", fault.SqlState, fault.InnerException) { Constraint = fault.Constraint };
    }
}
