using Sluice.Rendering;

namespace Sluice.Sqlite.Schema;

/// <summary>
/// How this database creates tables. A sole whole-number key becomes the row's own number, as SQLite's INTEGER PRIMARY KEY.
/// </summary>
/// <param name="now">How this database says the present time for a column of a type.</param>
sealed class SqliteTableText(Func<SqlType, string> now) : NewTableText
{
    protected override string Quote(string name) => SqliteNames.Quote(name);

    protected override string Declare(Table table, Column column) => Acceptance.Of(column.ClrType) is Accepts.Nothing
        ? throw TableProblems.NoTypeFor(table, column)
        : SqliteTypes.Declare(column.Type);

    protected override string Value(Table table, Column column) => column switch
    {
        { Generated: Generated.Computed, Default: { } expression } => $" GENERATED ALWAYS AS ({expression}) STORED",
        { Generated: Generated.ByDefault or Generated.Always } when table.PrimaryKey is not [var key] || key.Name != column.Name =>
            throw TableProblems.IdentityOffKey(table, column),
        { Generated: not Generated.Never } or { Default: null } => "",
        { Default: { } value } when value.Equals("now()", StringComparison.OrdinalIgnoreCase) => $" DEFAULT ({now(column.Type)})",
        { Default: { } value } => $" DEFAULT ({value})",
    };

    // An index is in its table's schema by its own name.
    protected override string IndexOn(Table table, UniqueKey key) => $"{Quote(key.Name, table.Schema)} ON {Quote(table.Name)}";
}
