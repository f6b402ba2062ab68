using System.Collections.Frozen;

namespace Sluice.PostgreSql.Schema;

/// <summary>What the server would refuse of a table to create, told before it is asked.</summary>
static class PostgresNewTable
{
    /// <summary>https://www.postgresql.org/docs/current/limits.html</summary>
    const int MostColumns = 1_600;

    /// <summary>https://www.postgresql.org/docs/current/ddl-system-columns.html</summary>
    static readonly FrozenSet<string> s_systemColumns = FrozenSet.Create(StringComparer.Ordinal, "tableoid", "xmin", "cmin", "xmax", "cmax",
        "ctid");

    internal static void Check(Table table)
    {
        if (table.Columns.Count > MostColumns)
            throw TableProblems.TooManyColumns(table, MostColumns);
        if (table.Columns.FirstOrDefault(c => s_systemColumns.Contains(c.Name)) is { } column)
            throw TableProblems.SystemColumn(table, column);
        _ = PostgresNames.Quote(table.Name, table.Schema);
        foreach (var named in table.Columns)
            _ = PostgresNames.Quote(named.Name);
    }
}
