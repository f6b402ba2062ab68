using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Catalog;

/// <summary>Reads tables' descriptions from the database.</summary>
static class SqliteCatalog
{
    internal static Table? Find(SqliteHandle db, string name, string? schema)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            return null;
        var place = schema ?? PlaceOf(db, name);
        var tables = db.Query(
            "SELECT name, type, wr, strict FROM pragma_table_list WHERE name = ?1 COLLATE NOCASE AND schema = ?2 COLLATE NOCASE ORDER BY name = ?1 DESC",
            row => (Name: row.Text(0), Type: row.Text(1), WithoutRowId: row.Int(2) == 1, Strict: row.Int(3) == 1),
            name,
            place);
        if (tables.Count == 0)
            return null;
        var found = tables[0];
        var rows = db.Query(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1 ORDER BY cid",
            row => new ColumnRow(row.Text(0), row.Text(1), row.Int(2) == 1, row.TextOrNull(3), row.Int(4), row.Int(5)),
            found.Name,
            place);
        // What a view computes is called by the class that it would be stored in, which says nothing of its values.
        if (found.Type is "view")
            rows = rows.ConvertAll(row => row.Type is "BLOB" or "NUM" ? row with { Type = "" } : row);
        var key = rows.Select((row, i) => (row.KeyPlace, Index: i)).Where(k => k.KeyPlace > 0).OrderBy(k => k.KeyPlace).Select(k => k.Index).ToList();
        var rowId = !found.WithoutRowId && key.Count == 1 && rows[key[0]].Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);
        var text = TableText.Read(TextOf(db, found.Name, place));
        var collations = Collations(db, found.Name, place);
        var columns = rows.ConvertAll(row => Describe(row, isRowId: rowId && row.KeyPlace > 0, text.Computed, collations));
        return new Table(found.Name, schema, columns, key)
        {
            Checks = text.Checks,
            UniqueKeys = [.. ReadKeys(db, found.Name, place, [.. key.Select(i => rows[i].Name)]).Select(k => Named(k, text.NamedKeys))],
            ForeignKeys = ReadForeignKeys(db, found.Name, place),
            Traits = (found.Strict ? TableTraits.Strict : 0)
                | (found.WithoutRowId ? TableTraits.WithoutRowId : 0)
                | (found.Type == "view" ? TableTraits.View : 0)
                | (text.IgnoresConflicts ? TableTraits.IgnoresConflicts : 0)
                | (HasTriggers(db, found.Name, place) ? TableTraits.Triggers : 0),
        };
    }

    // As a statement finds it: what is temporary first, then the file, then attached files in their order.
    static string PlaceOf(SqliteHandle db, string name)
    {
        var places = db.Query("SELECT name FROM pragma_database_list ORDER BY name <> 'temp', seq", row => row.Text(0));
        return places.Count == 1 ? places[0] : places.Find(place => Exists(db, name, place)) ?? "main";
    }

    internal static bool Exists(SqliteHandle db, string name, string? schema) =>
        db.Query("SELECT 1 FROM pragma_table_list WHERE name = ?1 COLLATE NOCASE AND schema = ?2 COLLATE NOCASE", row => row.Int(0), name,
            schema ?? "main").Count > 0;

    static string? TextOf(SqliteHandle db, string name, string? schema) =>
        db.Query($"SELECT sql FROM {SqliteNames.Quote("sqlite_schema", schema)} WHERE type = 'table' AND name = ?1",
            row => row.TextOrNull(0), name).FirstOrDefault();

    internal static IReadOnlyList<string> List(SqliteHandle db) =>
        db.Query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", row => row.Text(0));

    sealed record ColumnRow(string Name, string Type, bool NotNull, string? Default, int KeyPlace, int Hidden);

    // Hidden 2 and 3 are generated columns, virtual and stored: https://sqlite.org/pragma.html#pragma_table_xinfo.
    static Column Describe(ColumnRow row, bool isRowId, IReadOnlyDictionary<string, string> computed,
        List<(string Column, string? Collation)> collations)
    {
        var column = new Column<object>(row.Name, SqliteTypes.Parse(row.Type))
        {
            IsNullable = !row.NotNull && !isRowId,
            Default = row.Hidden is 2 or 3 ? computed.GetValueOrDefault(row.Name) : row.Default,
            KeyForm = FormOf(row, collations),
            Generated = row.Hidden is 2 or 3 ? Generated.Computed : isRowId ? Generated.ByDefault : Generated.Never,
        };
        return Column.For(column);
    }

    // By its collation a unique index takes several texts for one.
    static List<(string Column, string? Collation)> Collations(SqliteHandle db, string table, string schema) => db.Query(
        "SELECT ix.name, upper(ix.coll) FROM pragma_index_list(?1, ?2) il JOIN pragma_index_xinfo(il.name, ?2) ix WHERE il.\"unique\" = 1 AND ix.key = 1 AND ix.cid >= 0",
        row => (row.Text(0), row.TextOrNull(1)),
        table,
        schema);

    // Where a column makes numbers of texts, those are one too.
    static KeyForm FormOf(ColumnRow row, List<(string Column, string? Collation)> collations) =>
        SqliteTypes.AffinityOf(row.Type) is Affinity.Numeric or Affinity.Integer or Affinity.Real ? KeyForm.Number
        : collations.Contains((row.Name, "NOCASE")) ? KeyForm.IgnoresCase
        : collations.Contains((row.Name, "RTRIM")) ? KeyForm.IgnoresTrailingBlanks
        : KeyForm.Exact;

    static List<UniqueKey> ReadKeys(SqliteHandle db, string table, string schema, IReadOnlyList<string> primary)
    {
        var keys = new List<UniqueKey>();
        if (primary.Count > 0)
            keys.Add(new UniqueKey("primary key", primary) { IsPrimary = true });
        var indexes = db.Query(
            $"SELECT il.name, il.partial, (SELECT sql FROM {SqliteNames.Quote("sqlite_schema", schema)} WHERE type = 'index' AND name = il.name) FROM pragma_index_list(?1, ?2) il "
            + "WHERE il.\"unique\" = 1 AND il.origin <> 'pk'",
            row => (Name: row.Text(0), Partial: row.Int(1) == 1, Sql: row.TextOrNull(2)),
            table,
            schema);
        foreach (var (name, partial, sql) in indexes)
        {
            var columns = db.Query("SELECT name FROM pragma_index_info(?1, ?2) ORDER BY seqno", row => row.TextOrNull(0), name, schema);
            keys.Add(new UniqueKey(name, columns.Contains(null) ? [] : [.. columns.OfType<string>()]) { Predicate = partial ? PredicateOf(sql) : null });
        }
        return keys;
    }

    // The catalog tells the names of indexes, and those of constraints only where they are one.
    static UniqueKey Named(UniqueKey key, IReadOnlyList<UniqueKey> named)
    {
        var found = named.FirstOrDefault(n => n.IsPrimary == key.IsPrimary && n.Columns.SequenceEqual(key.Columns, StringComparer.OrdinalIgnoreCase));
        return found is not null && (key.IsPrimary || key.Name.StartsWith("sqlite_autoindex_", StringComparison.Ordinal))
            ? key with { Name = found.Name }
            : key;
    }

    static string? PredicateOf(string? sql)
    {
        var where = sql?.LastIndexOf(" WHERE ", StringComparison.OrdinalIgnoreCase) ?? -1;
        return where < 0 ? null : sql![(where + 7)..].Trim();
    }

    static List<ForeignKey> ReadForeignKeys(SqliteHandle db, string table, string schema) =>
        [.. db.Query(
                "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1, ?2) ORDER BY id, seq",
                row => (Id: row.Int(0), Table: row.Text(1), From: row.Text(2), To: row.TextOrNull(3)),
                table,
                schema)
            .GroupBy(row => row.Id)
            .Select(key => new ForeignKey([.. key.Select(k => k.From)], key.First().Table, [.. key.Where(k => k.To is not null).Select(k => k.To!)]))];

    // A temporary trigger may be for a table of any file. To ask where there is no temporary schema would make one.
    static bool HasTriggers(SqliteHandle db, string table, string? schema) =>
        HasTrigger(db, table, schema)
        || (db.Query("SELECT 1 FROM pragma_database_list WHERE name = 'temp'", row => row.Int(0)).Count > 0 && HasTrigger(db, table, "temp"));

    static bool HasTrigger(SqliteHandle db, string table, string? schema) =>
        db.Query(
            $"SELECT 1 FROM {SqliteNames.Quote("sqlite_schema", schema)} WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE LIMIT 1",
            row => row.Int(0),
            table).Count > 0;
}
