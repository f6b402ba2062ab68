namespace Sluice.Schema;

/// <summary>What is wrong with a row type, or with a column that belongs to no table.</summary>
static class SchemaProblems
{
    internal static BulkPlanException NoRowType(string what, string call) => new(
        "SLU0182", $"Each row is {what}, which names neither a table nor its columns", $"Call {call}.");

    internal static BulkPlanException Unmappable(string member, Type type, string? table) => new(
        "SLU0107",
        $"'{member}' is a {type.Name}, which no column{(table is null ? "" : $" of '{table}'")} holds",
        new("Exclude it with [NotMapped], or give it a supported type.") { Command = "Leave it out of what is read, or cast it in a --query." });

    internal static BulkPlanException NothingToMap(Type type) => new(
        "SLU0108", $"'{type.Name}' has no public property that a column could hold", "Give it at least one readable property without [NotMapped].");

    internal static BulkPlanException KeyNotMapped(string member) => new(
        "SLU0121", $"'{member}' is both [Key] and [NotMapped], but a key must be a column", "Remove one of the two.");

    internal static BulkPlanException ForeignKeyToNothing(string member, string name) => new(
        "SLU0122", $"[ForeignKey] on '{member}' names '{name}', but the type has no such property", "Name a property of the same type.");

    internal static BulkPlanException ColumnWithoutTable(string column) => new(
        "SLU0607", $"Column '{column}' belongs to no table yet", $"Take it from a table: table.Column<T>(\"{column}\").");
}
