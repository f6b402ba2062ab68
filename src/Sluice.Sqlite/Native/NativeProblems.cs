using System.Globalization;
using Microsoft.Data.Sqlite;
using Sluice.Providers;

namespace Sluice.Sqlite.Native;

/// <summary>What SQLite refuses, stops or cannot do, as Sluice tells it.</summary>
static class NativeProblems
{
    // https://www.sqlite.org/rescode.html
    const int Busy = 5;
    const int LockedWithin = 6;
    const int ReadOnly = 8;
    const int Disk = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int TooBig = 18;
    const int Constraint = 19;
    const int Mismatch = 20;
    const int NotADatabase = 26;

    /// <summary>What the engine itself refused.</summary>
    internal static LoadFault Refused(SqliteException failure, long? rowOrdinal, string? location) =>
        (failure.SqliteErrorCode & 0xff) switch
        {
            Constraint => ConstraintBroken(failure, rowOrdinal, location),
            Mismatch => RowRefused(failure, rowOrdinal, location, "22000", "Correct the value."),
            TooBig => RowRefused(failure, rowOrdinal, location, "54000", "Make the value smaller."),
            Full => ResourceFull(failure),
            ReadOnly => DatabaseReadOnly(failure),
            Disk => DiskFailed(failure),
            Corrupt or NotADatabase => Damaged(failure),
            _ => StatementRefused(failure),
        };

    static LoadFault ResourceFull(SqliteException failure) => new(
        "SLU0306", $"The disk or the database file is full: {failure.Message.TrimEnd('.')}", "Free some space and load again.", failure)
    { SqlState = "53100" };

    static LoadFault DatabaseReadOnly(SqliteException failure) => new(
        "SLU0311", $"the database is read-only: {Plain(failure)}", "Make the file and its folder writable, or write to another one.", failure)
    { SqlState = "25006" };

    static LoadFault DiskFailed(SqliteException failure) => new(
        "SLU0332", $"SQLite could not read or write the file: {Plain(failure)}", "Look at the disk and the file, and do it again.", failure)
    { SqlState = "58030" };

    static LoadFault Damaged(SqliteException failure) => new(
        "SLU0331", $"the file is damaged, or no database: {Plain(failure)}", "Let 'PRAGMA integrity_check' tell what is left, and restore it from a copy.", failure)
    { SqlState = "XX001" };

    static LoadFault StatementRefused(SqliteException failure) => new(
        "SLU0305",
        $"SQLite refused it: {failure.Message.TrimEnd('.')}",
        new("See the inner exception for SQLite's result code.") { Command = "" },
        failure);

    /// <summary>Whether another connection was in the way, which ends.</summary>
    internal static bool IsLock(SqliteException failure) => (failure.SqliteErrorCode & 0xff) is Busy or LockedWithin;

    /// <summary>Whether a refusal has no better name than that.</summary>
    internal static bool IsPlainRefusal(SqliteException failure) =>
        (failure.SqliteErrorCode & 0xff) is not (ReadOnly or Disk or Corrupt or Full or TooBig or Constraint or Mismatch or NotADatabase)
            && !IsLock(failure);

    static LoadFault RowRefused(SqliteException failure, long? rowOrdinal, string? location, string state, string remedy) =>
        new("SLU0202", $"SQLite refused the row: {Plain(failure)}", remedy, failure) { IsRow = true, RowOrdinal = rowOrdinal, Location = location, SqlState = state };

    // "SQLite Error 19: 'UNIQUE constraint failed: metrics.device_id, metrics.ts'."
    static LoadFault ConstraintBroken(SqliteException failure, long? rowOrdinal, string? location)
    {
        var text = Plain(failure);
        if (failure.SqliteExtendedErrorCode is 1299 && text.LastIndexOf('.') is > 0 and var dot)
            return LoadFault.ConstraintBroken(text[(dot + 1)..], failure,
                text[(text.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]).At(rowOrdinal, location);
        var columns = text.Contains(": ", StringComparison.Ordinal) ? text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..] : null;
        var (state, remedy) = failure.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => ("23505", "Another row of the table or of the load has this key: remove one of them."),
            1299 => ("23502", "Supply a value, or leave the column out to use its default."),
            275 => ("23514", "Correct the value, or the CHECK constraint."),
            787 => ("23503", "Load the row that it refers to first."),
            3091 => ("22000", "Correct the value: the table is STRICT."),
            _ => ("23000", "Correct the row, or the constraint."),
        };
        return new LoadFault("SLU0201", $"the row breaks a constraint: {text}", remedy, failure)
        {
            IsRow = true,
            RowOrdinal = rowOrdinal,
            Location = location,
            SqlState = state,
            Constraint = columns,
            Column = failure.SqliteExtendedErrorCode is 1299 && columns is not null ? columns[(columns.LastIndexOf('.') + 1)..] : null,
        };
    }

    /// <param name="target">The file.</param>
    /// <param name="waited">How long it was waited for.</param>
    /// <param name="holder">Who of the same engine holds the lock; null where none does.</param>
    /// <param name="inner">What the library said.</param>
    internal static LoadFault Locked(string target, TimeSpan waited, string? holder, Exception? inner = null) => new(
        "SLU0304",
        string.Create(CultureInfo.InvariantCulture,
            $"{(holder is null ? "Another connection" : "Another transaction of this engine")} kept {target} locked for {waited.TotalSeconds:0.#} seconds")
        + (holder is null ? "" : $": {holder}"),
        new("End the other writer's transaction, or allow more time by BusyTimeout.") { Command = "End the other program's transaction, or try again when it is done." },
        inner)
    { SqlState = "55P03", IsTransient = true };

    internal static BulkException LockedAtOpening(LoadFault fault) =>
        new(fault.ToFailure(Kept.NothingSent, isOfRow: false), fault.InnerException);

    internal static BulkException Unreachable(string target, SqliteException inner) => new(
        new Failure(
            "SLU0301",
            $"The database {target} cannot be opened: {inner.Message.TrimEnd('.')}",
            "Check the path, that its folder exists and may be written to, and that the file is a SQLite database.",
            Kept.NothingSent)
        { Kind = FailureKind.Unreachable },
        inner);

    internal static LoadFault Stopped(TimeSpan allowed, Exception stopped) => new(
        "SLU0312",
        string.Create(CultureInfo.InvariantCulture,
            $"The statement was stopped, because it ran for more than {allowed.TotalSeconds:0.###} seconds"),
        "Allow more time by StatementTimeout, or do less at a time.",
        stopped)
    { SqlState = "57014" };

    internal static LoadFault NotCarried(Exception failure, bool mayHaveRun) => new(
        "SLU0328",
        failure is InvalidCastException or NotSupportedException
            ? $"a value could not be sent or read: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}"
            : $"a value could not be sent or read: {failure.GetType().Name}, which the inner exception explains",
        "Send or read the value as another type.",
        failure)
    { OutcomeUnknown = mayHaveRun, IsNotCarried = true };

    internal static LoadFault CommitUnknown(string target, LoadFault disk) => new(
        "SLU0325",
        $"the disk failed while {target} was to make the changes lasting, so whether it did is unknown: {((disk.InnerException as SqliteException)?.Message ?? disk.Problem).TrimEnd('.')}",
        "Look into the table before doing it again.",
        disk.InnerException)
    { OutcomeUnknown = true };

    internal static LoadFault TransactionGone() => new(
        "SLU0318", "SQLite has rolled back the whole transaction, as it does when a statement that writes is cancelled or a trigger says so", "Begin another one and do everything again.");

    internal static BulkException NotCreated(Table table, SqliteException inner) => new(
        new Failure("SLU0347", $"SQLite refused to create table '{table.QualifiedName}': {Plain(inner)}", "Correct its description.",
            Kept.NothingCreated), inner);

    internal static BulkPlanException BegunSince() => new(
        "SLU0319", "The connection is in a transaction that was begun after it was attached", "Attach it again, with the transaction.");

    internal static BulkPlanException NotInScope(string target) => new(
        "SLU0158",
        $"The call is in a TransactionScope, in which SQLite takes no part: what is written to {target} would stay though the scope is not completed",
        "Use a transaction of BeginAsync, and leave the scope for it by TransactionScopeOption.Suppress.");

    internal static BulkPlanException OneStatement() => new(
        "SLU0155", "There is a second statement behind the query, which would not be run", "Give the query alone.");

    internal static LoadFault NulInParameter() => new(
        "SLU0164", "a parameter of the statement holds a zero character, where most programs end a text", "Remove it, or send the value as bytes.")
    { SqlState = "22021" };

    internal static LoadFault NotUtf8(string column) => new(
        "SLU0154",
        $"column '{column}' has a text whose bytes are not UTF-8, so that it would arrive as another text",
        $"Correct the text, or read the column's bytes: SELECT CAST({column} AS BLOB).")
    { Column = column, SqlState = "22021" };

    /// <summary>What SQLite says, without its number.</summary>
    internal static string Plain(SqliteException failure)
    {
        var text = failure.Message;
        var start = text.IndexOf('\'', StringComparison.Ordinal);
        return start < 0 ? text : text[(start + 1)..].TrimEnd('.').TrimEnd('\'');
    }
}
