using System.Text;
using Sluice.Planning;
using Sluice.Schema;

namespace Sluice.Sqlite.Schema;

/// <summary>The SQL texts of this database.</summary>
static class SqliteStatements
{
    internal static string Insert(BulkPlan plan, int rows)
    {
        var sql = new StringBuilder("INSERT INTO ").Append(SqliteNames.Quote(plan.Table.Name, plan.Table.Schema));
        sql.Append(" (").AppendJoin(", ", plan.Columns.Select(c => SqliteNames.Quote(c.Target.Name))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            sql.AppendJoin(", ", plan.Columns.Select((_, i) => $"?{(row * plan.Columns.Count) + i + 1}")).Append(')');
        }
        return sql.ToString();
    }

    internal static string Create(Table table)
    {
        // A sole whole-number key becomes the row's own number, as SQLite's INTEGER PRIMARY KEY.
        var lines = table.Columns.Select(c =>
            SqliteNames.Quote(c.Name) + " " + SqliteTypes.Declare(c.Type) + (c.IsNullable ? "" : " NOT NULL") + (c.Default is null ? "" : $" DEFAULT ({c.Default})"));
        if (table.PrimaryKey.Count > 0)
            lines = lines.Append($"PRIMARY KEY ({string.Join(", ", table.PrimaryKey.Select(c => SqliteNames.Quote(c.Name)))})");
        lines = lines.Concat(table.UniqueKeys.Where(k => k is { IsPrimary: false, Predicate: null } && k.Columns.Count > 0)
            .Select(k => $"UNIQUE ({string.Join(", ", k.Columns.Select(SqliteNames.Quote))})"));
        lines = lines.Concat(table.ForeignKeys.Select(k =>
            $"FOREIGN KEY ({string.Join(", ", k.Columns.Select(SqliteNames.Quote))}) REFERENCES {SqliteNames.Quote(k.ReferencedTable)}"
            + (k.ReferencedColumns.Count == 0 ? "" : $" ({string.Join(", ", k.ReferencedColumns.Select(SqliteNames.Quote))})")));
        return $"CREATE TABLE IF NOT EXISTS {SqliteNames.Quote(table.Name, table.Schema)} (\n  {string.Join(",\n  ", lines)}\n)";
    }
}
