
namespace Sluice.Sqlite.Schema;

/// <summary>What SQLite would refuse of a table to create, told before a file is opened.</summary>
static class SqliteNewTable
{
    /// <summary>What the library is built with: https://sqlite.org/limits.html.</summary>
    const int MostColumns = 2_000;

    internal static void Check(Table table)
    {
        if (table.Name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
            throw TableProblems.ReservedName(table);
        if (table.Columns.Count > MostColumns)
            throw TableProblems.TooManyColumns(table, MostColumns);
        var names = new Dictionary<string, string>(table.Columns.Count, StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            // SQLite folds the case of ASCII letters alone.
            var folded = string.Create(column.Name.Length, column.Name, static (letters, name) =>
            {
                for (var i = 0; i < letters.Length; i++)
                    letters[i] = char.IsAsciiLetterUpper(name[i]) ? (char)(name[i] | 0x20) : name[i];
            });
            if (!names.TryAdd(folded, column.Name))
                throw TableProblems.SameColumn(table, names[folded], column.Name);
        }
    }
}
