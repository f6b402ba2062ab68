using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Catalog;

/// <summary>The tables that a connection has read from the catalog, as long as the catalog is the same.</summary>
/// <remarks>Every change to a schema changes its schema_version: https://sqlite.org/pragma.html#pragma_schema_version.</remarks>
sealed class KnownCatalog
{
    readonly Dictionary<(string Name, string? Schema), (long Version, Table? Table)> _tables = [];

    internal Table? Find(SqliteHandle db, string name, string? schema)
    {
        // Attached files have versions of their own, which are not asked for: their tables are read anew.
        if (schema is not (null or "main") || db.Query("PRAGMA database_list", row => row.Long(0)).Count > 1)
            return SqliteCatalog.Find(db, name, schema);
        var version = db.Query("PRAGMA main.schema_version", row => row.Long(0))[0];
        if (_tables.TryGetValue((name, schema), out var known) && known.Version == version)
            return known.Table;
        var table = SqliteCatalog.Find(db, name, schema);
        _tables[(name, schema)] = (version, table);
        return table;
    }
}
