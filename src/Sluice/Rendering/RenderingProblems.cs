namespace Sluice.Rendering;

/// <summary>What keeps a statement from becoming SQL.</summary>
static class RenderingProblems
{
    internal static BulkPlanException NotInFrom(string qualifier, string column) => new(
        "SLU0601", $"'{qualifier}.{column}' is used, but '{qualifier}' is not in FROM", $"Add .From({qualifier}) or join it.");

    internal static BulkPlanException SameNameTwice(string name) => new(
        "SLU0602", $"FROM has two items named '{name}'", "Give one of them another name with .As(\"…\").");

    internal static BulkPlanException CteTwice(string name) => new(
        "SLU0603", $"Two different CTEs are named '{name}'", "Name each once.");

    internal static BulkPlanException NotOfTarget(string column, Table table) => new(
        "SLU0604", $"Table '{table.QualifiedName}' has no column '{column}' to set", $"Its columns are {Words.Quoted(table.Columns.Select(c => c.Name))}.");

    internal static BulkPlanException SetOfOther(string column, string other, Table table) => new(
        "SLU0180",
        $"The statement writes table '{table.QualifiedName}', but sets column '{column}' of '{other}'",
        $"Set a column of '{table.QualifiedName}', or write '{other}' by a statement of its own.");

    internal static BulkPlanException SetTwice(string column, Table table) => new(
        "SLU0181", $"The statement gives column '{column}' of '{table.QualifiedName}' two values", "Name it once.");

    internal static BulkPlanException Lacks(string dialect, string what, string remedy) =>
        new("SLU0605", $"{dialect} has no {what}", remedy);

    internal static BulkPlanException NoConflictOnConstraint(string constraint, string dialect) => new(
        "SLU0606",
        $"{dialect} has no ON CONFLICT ON CONSTRAINT, and the table's description does not say which columns '{constraint}' has",
        "Name the columns with OnConflict(…), or read the table from the catalog.");

    internal static BulkPlanException NulInLiteral() => new(
        "SLU0610", "A text that becomes part of the statement holds a zero character, which no SQL text can", "Send it as a parameter.");

    internal static BulkPlanException NotFiniteLiteral() => new(
        "SLU0611", "A number that becomes part of the statement is infinite or no number", "Send it as a parameter.");

    internal static BulkPlanException NoAggregate() => new(
        "SLU0612", "DISTINCT, FILTER, ORDER BY and WITHIN GROUP belong to an aggregate function", "Call them before Over.");
}
