using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>The current row of a small query.</summary>
readonly struct SqliteRow(sqlite3_stmt statement)
{
    internal string Text(int ordinal) => raw.sqlite3_column_text(statement, ordinal).utf8_to_string();

    internal string? TextOrNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL ? null : Text(ordinal);

    internal long Long(int ordinal) => raw.sqlite3_column_int64(statement, ordinal);

    internal int Int(int ordinal) => raw.sqlite3_column_int(statement, ordinal);
}
