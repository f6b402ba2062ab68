using System.Globalization;
using Sluice.Schema;

namespace Sluice;

/// <summary>The texts of the core's errors. Each says what happened, both sides, the remedy and what was kept.</summary>
static class Throw
{
    internal static BulkPlanException SourceWithoutTable(string source) => new(
        "SLU0101",
        $"The source '{source}' does not say which table its rows belong to. Name the table in the call. Nothing was sent.");

    internal static BulkPlanException NoSuchTable(string name, string target, IReadOnlyList<string> closest) => new(
        "SLU0102",
        $"There is no table '{name}' in {target}." + Offer(closest) + " Nothing was sent.");

    internal static BulkPlanException UnknownColumns(Table table, string source, IReadOnlyList<(string Name, string? Closest)> unknown) => new(
        "SLU0103",
        $"Table '{table.QualifiedName}' lacks " + Join(unknown.Select(u => u.Closest is null ? $"'{u.Name}'" : $"'{u.Name}' (closest: '{u.Closest}')"))
        + $", which {source} supplies. The table's columns are {Join(table.Columns.Select(c => $"'{c.Name}'"))}. "
        + "Map each field to a column, or leave it out. Nothing was sent.");

    internal static BulkPlanException MissingColumns(Table table, string source, IReadOnlyList<string> missing) => new(
        "SLU0105",
        $"Table '{table.QualifiedName}' needs a value for {Join(missing.Select(m => $"'{m}'"))} (NOT NULL, no default), but {source} supplies none. "
        + "Supply the value, or give the column a default. Nothing was sent.");

    internal static BulkPlanException FieldForComputedColumn(Table table, string field) => new(
        "SLU0106",
        $"Column '{field}' of table '{table.QualifiedName}' is computed by the database, but the source supplies values for it. "
        + "Leave it out of the source, or mark it [DatabaseGenerated]. Nothing was sent.");

    internal static BulkPlanException Unmappable(string member, Type type, string? table) => new(
        "SLU0107",
        $"'{member}' is a {type.Name}, which no column{(table is null ? "" : $" of '{table}'")} holds. Exclude it with [NotMapped], or give it a supported type. Nothing was sent.");

    internal static BulkPlanException NothingToMap(Type type) => new(
        "SLU0108",
        $"'{type.Name}' has no public property that a column could hold. Give it at least one readable property without [NotMapped]. Nothing was sent.");

    internal static BulkPlanException KeyNotMapped(string member) => new(
        "SLU0121",
        $"'{member}' is both [Key] and [NotMapped], but a key must be a column. Remove one of the two. Nothing was sent.");

    internal static BulkPlanException ForeignKeyToNothing(string member, string name) => new(
        "SLU0122",
        $"[ForeignKey] on '{member}' names '{name}', but the type has no such property. Name a property of the same type. Nothing was sent.");

    internal static Rows.ValueException NullRow() => new("the row is null", "Leave it out of the source.");

    internal static BulkPlanException NotReadable(Type type) => new(
        "SLU0123",
        $"'{type.Name}' has no public constructor whose parameters are all columns, so rows cannot be read into it. "
        + "Give it one, or one without parameters. Nothing was read.");

    internal static BulkPlanException FieldTwice(string source, string column) => new(
        "SLU0109",
        $"{Sentence(source)} supplies column '{column}' twice. Name each column once. Nothing was sent.");

    internal static BulkRowException DictionaryKeys(long row, IReadOnlyList<string> keys, bool missing) => new(
        "SLU0204",
        string.Create(CultureInfo.InvariantCulture, $"Row {row}: the dictionary ")
        + (missing ? $"lacks the key {Join(keys.Select(k => $"'{k}'"))}, which the first row has" : $"has the key {Join(keys.Select(k => $"'{k}'"))}, which the first row lacks")
        + ". Give every row the keys of the first one; null where there is no value. The load was stopped and rolled back.")
    { RowNumber = row };

    internal static BulkException Unbalanced(BulkResult result) => new(
        "SLU0309",
        string.Create(CultureInfo.InvariantCulture, $"{result.Read} rows were read, but the database accounts for {result.Loaded + result.Skipped + result.Rejected + result.Remaining}: ")
        + "a trigger or rule may have taken or added rows. Check the table. "
        + string.Create(CultureInfo.InvariantCulture, $"{result.Loaded} rows were kept."));

    static string Offer(IReadOnlyList<string> closest) =>
        closest.Count == 0 ? " Create it first, or ask for it to be created." : $" Closest: {Join(closest.Select(c => $"'{c}'"))}.";

    internal static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
