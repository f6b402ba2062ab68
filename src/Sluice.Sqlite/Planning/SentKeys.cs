using System.Globalization;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Planning;

/// <summary>The temporary table with the keys of a sync's rows, by which those that it removes are found.</summary>
static class SentKeys
{
    const string Name = "sluice_rows";

    internal static Table Of(IReadOnlyList<Column> key) => Of(key, Name);

    /// <summary>The same under a name that no other sync of the connection has taken.</summary>
    internal static Table New(SqliteHandle db, IReadOnlyList<Column> key)
    {
        var name = Name;
        for (var number = 2; SqliteCatalog.Exists(db, name, "temp"); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{Name}_{number}");
        return Of(key, name);
    }

    static Table Of(IReadOnlyList<Column> key, string name) => new(name, "temp", key, []);
}
