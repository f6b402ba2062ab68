using Microsoft.Data.Sqlite;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Workers;

/// <summary>The one place where a failure of the library becomes one of ours.</summary>
/// <param name="target">The file, for messages.</param>
/// <param name="patience">How long a lock is waited for.</param>
/// <param name="writing">Who of the engine holds the write lock.</param>
sealed class NativeFailure(string target, TimeSpan patience, WriteLock writing)
{
    /// <summary>
    /// A failure as it leaves the connection's thread. One that was asked for by an interrupt stays, for whoever asked knows why.
    /// </summary>
    internal Exception Explain(Exception failure) => failure is SqliteException native && !IsInterrupt(native) ? Fault(native) : failure;

    LoadFault Fault(SqliteException failure) => NativeProblems.IsLock(failure)
        ? NativeProblems.Locked(target, patience, writing.Holder, failure)
        : NativeProblems.Refused(failure, rowOrdinal: null, location: null);

    internal static bool IsInterrupt(SqliteException failure) => failure.Is(ResultCode.Interrupt);

    /// <summary>Whether a fault is one of the disk's, after which nobody knows whether what was to be lasting is.</summary>
    internal static bool IsDisk(LoadFault fault) => fault.InnerException is SqliteException failure && failure.Is(ResultCode.IoError);

    /// <summary>Whether a failure of reading or binding values is neither a token's nor said by Sluice.</summary>
    internal static bool IsForeign(Exception failure) =>
        failure is not (OperationCanceledException or BulkException or LoadFault or ValueException or SqliteException or OutOfMemoryException);
}
