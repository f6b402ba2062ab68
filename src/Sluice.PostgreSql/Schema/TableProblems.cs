using System.Globalization;

namespace Sluice.PostgreSql.Schema;

/// <summary>What is wrong with a name, or with a table that is to be created.</summary>
static class TableProblems
{
    internal static BulkPlanException NameWithNul() => new(
        "SLU0111", "A name holds a zero character, which no SQL statement can carry", "Rename it.");

    internal static BulkPlanException NameTooLong(string name) => new(
        "SLU0112",
        string.Create(CultureInfo.InvariantCulture,
            $"The name '{name}' takes {System.Text.Encoding.UTF8.GetByteCount(name)} bytes, but the server keeps 63 and cuts off the rest"),
        "Use a shorter name.");

    internal static BulkPlanException NoColumnType(Table table, Column column) => new(
        "SLU0170",
        $"Column '{column.Name}' of table '{table.QualifiedName}' is {Words.Article(column.ClrType)}, for which no type of a new column is known",
        "State it by [Column(TypeName = \"…\")].",
        Kept.NothingCreated);

    internal static BulkPlanException TooManyColumns(Table table, int most) => new(
        "SLU0726",
        string.Create(CultureInfo.InvariantCulture,
            $"Table '{table.QualifiedName}' cannot be created: it has {table.Columns.Count} columns, and a table of PostgreSQL at most {most}"),
        "Make several tables of them.");

    internal static BulkPlanException SystemColumn(Table table, Column column) => new(
        "SLU0731",
        $"Table '{table.QualifiedName}' cannot be created: every table of PostgreSQL has a system column '{column.Name}' already",
        "Give the column another name.");
}
