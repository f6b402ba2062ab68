using System.Text;
using Sluice.Planning;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Planning;

/// <summary>The statement that inserts one row or several.</summary>
static class InsertStatement
{
    // Ten rows a statement bring a quarter over one row; fifty bring little more and cost more to run again when a row is refused.
    const int MostRows = 10;

    /// <summary>How many rows a statement takes.</summary>
    /// <remarks>What the triggers of a view did is told of a statement as a whole, so each row has one.</remarks>
    internal static int RowsOf(Table table, IReadOnlyList<PlanColumn> columns, int variableLimit) =>
        table.Traits.HasFlag(TableTraits.View) || columns.Count == 0 ? 1 : Math.Clamp(variableLimit / columns.Count, 1, MostRows);

    internal static string Of(Table table, IReadOnlyList<PlanColumn> columns, int rows)
    {
        var sql = new StringBuilder("INSERT INTO ").Append(SqliteNames.Quote(table.Name, table.Schema));
        if (columns.Count == 0)
            return sql.Append(" DEFAULT VALUES").ToString();
        sql.Append(" (").AppendJoin(", ", columns.Select(c => SqliteNames.Quote(c.Target.Name))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            sql.AppendJoin(", ", columns.Select((_, i) => $"?{(row * columns.Count) + i + 1}")).Append(')');
        }
        return sql.ToString();
    }
}
