using SQLitePCL;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Reading;

/// <summary>The columns of a query: those of tables have declared types, the others none.</summary>
static class ResultColumns
{
    internal static Column[] Of(SqliteHandle db, string sql)
    {
        if (!db.IsOneStatement(sql))
            throw NativeProblems.OneStatement();
        var statement = db.Borrow(sql);
        try
        {
            var columns = new Column[raw.sqlite3_column_count(statement)];
            for (var i = 0; i < columns.Length; i++)
            {
                var declared = raw.sqlite3_column_decltype(statement, i).utf8_to_string() ?? "";
                columns[i] = Column.For(new Column<object>(raw.sqlite3_column_name(statement, i).utf8_to_string(), SqliteTypes.Parse(declared)) { IsNullable = true });
            }
            return columns;
        }
        finally
        {
            db.GiveBack(sql, statement);
        }
    }
}
