using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>What the library says of a call: https://sqlite.org/rescode.html.</summary>
enum ResultCode
{
    Error = raw.SQLITE_ERROR,
    Busy = raw.SQLITE_BUSY,
    Locked = raw.SQLITE_LOCKED,
    Interrupt = raw.SQLITE_INTERRUPT,
    IoError = raw.SQLITE_IOERR,
    TooBig = raw.SQLITE_TOOBIG,
    Constraint = raw.SQLITE_CONSTRAINT,
    Mismatch = raw.SQLITE_MISMATCH,
}

static class ResultCodes
{
    // The bytes above say more of it, where the library was told to.
    const int Primary = 0xff;

    internal static ResultCode Of(int result) => (ResultCode)(result & Primary);

    internal static ResultCode Code(this SqliteException failure) => Of(failure.SqliteErrorCode);

    internal static bool Is(this SqliteException failure, ResultCode code) => failure.Code() == code;
}
