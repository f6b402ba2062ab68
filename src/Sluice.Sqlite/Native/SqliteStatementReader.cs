using SQLitePCL;
using Sluice.Rows;

namespace Sluice.Sqlite.Native;

/// <summary>
/// The values of a statement's current row. Only the thread that steps it reads them, so that no lock of the library need be held
/// meanwhile.
/// </summary>
readonly unsafe struct SqliteStatementReader(sqlite3_stmt statement) : IRowReader
{
    // Kept beside the object that owns it, which must live as long.
    readonly sqlite3_stmt _owner = statement;
    readonly nint _statement = statement.DangerousGetHandle();

    public bool IsNull(int ordinal) => NativeCalls.ValueType(NativeCalls.ColumnValue(_statement, ordinal)) == raw.SQLITE_NULL;

    public T Get<T>(int ordinal) => new SqliteValue(_owner, ordinal, NativeCalls.ColumnValue(_statement, ordinal)).As<T>();
}
