using System.Globalization;
using System.Text;
using Sluice.Rendering;

namespace Sluice.Sqlite.Rendering;

/// <summary>Lists that are sent as JSON, as rows.</summary>
static class ListText
{
    /// <summary>Lists that stand side by side, as a query in FROM.</summary>
    internal static string Relation(ListRelation lists)
    {
        var sql = new StringBuilder("(SELECT ")
            .AppendJoin(", ", lists.Columns.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"e{i}.value AS {name}")));
        if (lists.Number is not null)
            sql.Append(", e0.key + 1 AS ").Append(lists.Number);
        return sql.Append(" FROM ").AppendJoin(" CROSS JOIN ", lists.Lists.Select(Elements)).Append(") AS ").Append(lists.Alias).ToString();
    }

    // A function's rows have no index, and each would be looked for among all. A query that is computed alone, as one with a limit is,
    // gets one; and CROSS keeps the order, so that it is the query that is searched.
    static string Elements(string list, int place) => place == 0
        ? $"json_each({list}) AS e0"
        : string.Create(CultureInfo.InvariantCulture,
            $"(SELECT key, value FROM json_each({list}) LIMIT -1) AS e{place} ON e{place}.key = e0.key");

    /// <summary>IN over a list's values, in each form that they may be stored in.</summary>
    internal static string Among(string list, IReadOnlyList<string> forms) =>
        "IN (" + string.Join(" UNION ALL ",
            forms.Select(form => $"SELECT {form.Replace("{0}", "value", StringComparison.Ordinal)} FROM json_each({list})")) + ")";
}
