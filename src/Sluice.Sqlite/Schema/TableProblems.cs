using System.Globalization;

namespace Sluice.Sqlite.Schema;

/// <summary>What is wrong with a table: one that SQLite cannot hold, or cannot write to.</summary>
static class TableProblems
{
    internal static BulkPlanException NameWithNul() => new(
        "SLU0111", "A name holds a zero character, which no SQL statement can carry", "Rename it.");

    internal static BulkPlanException IdentityOffKey(Table table, Column column) => new(
        "SLU0114",
        $"Column '{column.Name}' of table '{table.QualifiedName}' is numbered by the database, which SQLite does for a table's sole key only",
        "Make it the primary key, or supply its values.");

    internal static BulkPlanException NoTypeFor(Table table, Column column) => new(
        "SLU0163",
        $"Column '{column.Name}' of table '{table.QualifiedName}' has values of type {column.ClrType.Name}, which nothing in SQLite holds",
        "Convert them to a number, text or bytes, or leave them out with [NotMapped].",
        Kept.NothingCreated);

    internal static BulkPlanException TooManyColumns(Table table, int most) => new(
        "SLU0726",
        string.Create(CultureInfo.InvariantCulture,
            $"Table '{table.QualifiedName}' cannot be created: it has {table.Columns.Count} columns, and a table of SQLite at most {most}"),
        "Make several tables of them.");

    internal static BulkPlanException ReservedName(Table table) => new(
        "SLU0732", $"Table '{table.QualifiedName}' cannot be created: names that begin with 'sqlite_' are SQLite's own", "Name another table.");

    internal static BulkPlanException SameColumn(Table table, string one, string other) => new(
        "SLU0733",
        $"Table '{table.QualifiedName}' cannot be created: its columns '{one}' and '{other}' are one for SQLite, to which the case of letters is all one",
        "Give one of them another name.");

    internal static BulkPlanException PlainView(Table view) => new(
        "SLU0162",
        $"'{view.QualifiedName}' is a view, and has no INSTEAD OF trigger that does this",
        "Name the table behind it, or create the trigger; an upsert needs a table.");
}
