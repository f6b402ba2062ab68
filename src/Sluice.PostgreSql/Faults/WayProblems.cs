using Npgsql;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.PostgreSql.Faults;

/// <summary>What keeps rows from taking a way into the server.</summary>
static class WayProblems
{
    internal static BulkPlanException CannotCopy(Table table, string what) => new(
        "SLU0113", $"COPY cannot write to '{table.QualifiedName}', because it is {what}", "Load into a plain table and insert from there.");

    internal static BulkPlanException NeedsStaging(Table table, string operation, string? column) => new(
        "SLU0137",
        $"The role may not create temporary tables, which a {operation} of '{table.QualifiedName}' needs{(column is null ? "" : $" for column '{column}', whose type cannot go in an array")}",
        "Grant TEMP on the database.");

    internal static BulkPlanException NotNumbered(Table table, Column column) => new(
        "SLU0138",
        $"PostgreSQL would not say which row got which '{column.Name}': the rows bring no unique key of '{table.QualifiedName}', and it has no identity or serial column that could tell them apart",
        "Let the rows bring a key, or give the table an identity column.");

    internal static BulkPlanException NotInArray(Table table, Column column) => new(
        "SLU0139",
        $"Column '{column.Name}' {column.Type} of '{table.QualifiedName}' cannot go in an array, and the role may not create temporary tables, of which rows that are returned need one or the other",
        "Grant TEMP on the database, or write the rows without returning.");

    internal static BulkPlanException NotByArrays(Table table, string operation, string? column) => new(
        "SLU0187",
        $"The options ask for arrays, but {(column is null ? $"a {operation} needs all rows at once" : $"column '{column}' of '{table.QualifiedName}' cannot go in one")}",
        "Leave the way to Sluice.");

    internal static BulkPlanException NotByStaging(Table table, string operation) => new(
        "SLU0345",
        $"A {operation} of '{table.QualifiedName}', which each of several servers has, needs its rows in arrays, but the options ask for staging",
        "Leave the way to Sluice.");

    internal static BulkPlanException NotInArrayOfServers(Table table, string operation, Column column) => new(
        "SLU0341",
        $"A {operation} of '{table.QualifiedName}', which each of several servers has, needs its rows in arrays, in which column '{column.Name}' {column.Type} cannot go",
        "Leave it out, or change its type.");

    internal static BulkPlanException NotOnSpread(BulkPlan plan, LoadFault refused) => new(
        "SLU0340",
        $"The server keeps '{plan.Table.QualifiedName}' on several servers and cannot run the {plan.Operation} there: {((PostgresException)refused.InnerException!).MessageText}",
        "Send a value instead of calling a function, and leave the column that rows are spread by as it is.",
        innerException: refused.InnerException);

    internal static BulkPlanException NotCounted(Table table) => new(
        "SLU0344",
        $"A trigger of '{table.QualifiedName}' may leave rows out, and the server would not say how many: the role may not create temporary tables, and track_counts is off",
        "Grant TEMP on the database, or turn track_counts on.");
}
