using SQLitePCL;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Connections;

/// <summary>A statement without values that is run again and again.</summary>
sealed unsafe class KeptStatement(SqliteHandle db, string sql) : IDisposable
{
    readonly sqlite3_stmt _statement = db.Prepare(sql);

    /// <summary>Runs it.</summary>
    /// <returns>False where another connection holds a lock that it needs.</returns>
    internal bool TryRun()
    {
        var pointer = _statement.DangerousGetHandle();
        var result = NativeCalls.Step(pointer);
        if (result == NativeCalls.Done)
        {
            NativeCalls.Reset(pointer);
            return true;
        }
        var failure = db.Error(result);
        NativeCalls.Reset(pointer);
        return ResultCodes.Of(result) is ResultCode.Busy ? false : throw failure;
    }

    /// <summary>The whole number that it answers with.</summary>
    internal long Number()
    {
        var pointer = _statement.DangerousGetHandle();
        var result = NativeCalls.Step(pointer);
        var number = result == NativeCalls.Row ? NativeCalls.ValueInt64(NativeCalls.ColumnValue(pointer, 0)) : throw db.Error(result);
        NativeCalls.Reset(pointer);
        return number;
    }

    public void Dispose() => _statement.Dispose();
}
