using System.Globalization;

namespace Sluice.Statements;

/// <summary>What is wrong with a statement as it is put together.</summary>
static class StatementProblems
{
    internal static BulkPlanException JoinBeforeFrom(string name) => new(
        "SLU0608", $"'{name}' is joined to nothing", "Call .From(…) before the join.");

    internal static BulkPlanException ValueCount(Table table, int expected, int given) => new(
        "SLU0609",
        string.Create(CultureInfo.InvariantCulture,
            $"A row of '{table.QualifiedName}' needs {expected} values here, but {given} are given"),
        "Name the columns with .Columns(…), or give all values.");

    internal static BulkPlanException IncludeInside(string relation) => new(
        "SLU0716",
        $"A query that reads '{relation}' along was made a part of another statement, which has no rows to attach it to",
        "Leave Include out of it, and add it to the outermost query.");
}
