using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>The current row of a small query.</summary>
readonly struct SqliteRow(sqlite3_stmt statement)
{
    internal string Text(int index) => raw.sqlite3_column_text(statement, index).utf8_to_string();

    internal string? TextOrNull(int index) => raw.sqlite3_column_type(statement, index) == raw.SQLITE_NULL ? null : Text(index);

    internal long Long(int index) => raw.sqlite3_column_int64(statement, index);

    internal int Int(int index) => raw.sqlite3_column_int(statement, index);
}
