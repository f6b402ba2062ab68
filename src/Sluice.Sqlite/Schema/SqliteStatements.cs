
namespace Sluice.Sqlite.Schema;

/// <summary>The statements that create tables.</summary>
static class SqliteStatements
{
    /// <summary>The statements that create a table with its indexes.</summary>
    /// <param name="table">The description.</param>
    /// <param name="now">How this database says the present time for a column of a type.</param>
    internal static IReadOnlyList<string> Create(Table table, Func<SqlType, string> now)
    {
        if (table.Columns.FirstOrDefault(c => Acceptance.Of(c.ClrType) is Accepts.Nothing) is { } other)
            throw TableProblems.NoTypeFor(table, other);
        var lines = table.Columns.Select(c => SqliteNames.Quote(c.Name) + " " + SqliteTypes.Declare(c.Type) + (c.IsNullable ? "" : " NOT NULL") + Value(table, c, now));
        // A sole whole-number key becomes the row's own number, as SQLite's INTEGER PRIMARY KEY.
        if (table.PrimaryKey.Count > 0)
            lines = lines.Append($"PRIMARY KEY ({Names(table.PrimaryKey.Select(c => c.Name))})");
        var keys = table.UniqueKeys.Where(k => !k.IsPrimary && k.Columns.Count > 0).ToList();
        lines = lines.Concat(keys.Where(k => k.Predicate is null).Select(k => $"CONSTRAINT {SqliteNames.Quote(k.Name)} UNIQUE ({Names(k.Columns)})"));
        lines = lines.Concat(table.Checks.Select(c => (c.Name is null ? "" : $"CONSTRAINT {SqliteNames.Quote(c.Name)} ") + $"CHECK ({c.Condition})"));
        lines = lines.Concat(table.ForeignKeys.Select(k =>
            $"FOREIGN KEY ({Names(k.Columns)}) REFERENCES {SqliteNames.Quote(k.ReferencedTable)}" + (k.ReferencedColumns.Count == 0 ? "" : $" ({Names(k.ReferencedColumns)})")));
        return
        [
            $"CREATE TABLE IF NOT EXISTS {SqliteNames.Quote(table.Name, table.Schema)} (\n  {string.Join(",\n  ", lines)}\n)",
            .. keys.Where(k => k.Predicate is not null)
                .Select(k => $"CREATE UNIQUE INDEX {SqliteNames.Quote(k.Name, table.Schema)} ON {SqliteNames.Quote(table.Name)} ({Names(k.Columns)}) WHERE {k.Predicate}"),
        ];
    }

    static string Value(Table table, Column column, Func<SqlType, string> now) => column switch
    {
        { Generated: Generated.Computed, Default: { } expression } => $" GENERATED ALWAYS AS ({expression}) STORED",
        { Generated: Generated.ByDefault or Generated.Always } when table.PrimaryKey is not [var key] || key.Name != column.Name =>
            throw TableProblems.IdentityOffKey(table, column),
        { Generated: not Generated.Never } or { Default: null } => "",
        { Default: { } value } when value.Equals("now()", StringComparison.OrdinalIgnoreCase) => $" DEFAULT ({now(column.Type)})",
        { Default: { } value } => $" DEFAULT ({value})",
    };

    static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(SqliteNames.Quote));
}
