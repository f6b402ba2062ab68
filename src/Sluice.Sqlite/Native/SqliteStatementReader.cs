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

    public bool IsNull(int index) => NativeCalls.ValueType(NativeCalls.ColumnValue(_statement, index)) == raw.SQLITE_NULL;

    public T Get<T>(int index) => new SqliteValue(_owner, index, NativeCalls.ColumnValue(_statement, index)).As<T>();
}
