using Sluice.Planning;
using Sluice.Providers;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Writing;

/// <summary>Tells what became of each row of a statement: the library counts changes, and not of which kind they were.</summary>
/// <remarks>
/// An insert notes the number of its row, which the update of an upsert does not, nor does a trigger once it has ended:
/// https://sqlite.org/c3ref/last_insert_rowid.html. So the note is set before each run to a number that no row has, and looked at after it.
/// Tables without row numbers have no such note; their rows are counted.
/// </remarks>
sealed class FateCounter
{
    readonly SqliteHandle _db;
    readonly RowsStatement _statement;
    readonly bool _counts;
    readonly Table _table;
    readonly bool _notes;
    readonly RowAction _kind;
    long? _rowsBefore;
    long _inserted;
    long _updated;
    long _deleted;

    internal FateCounter(SqliteHandle db, BulkPlan plan)
    {
        _db = db;
        _statement = plan.Write!.Statement;
        _table = plan.Table;
        var canBoth = _statement is { Inserts: true, CanUpdate: true };
        _counts = canBoth && _table.Traits.HasFlag(TableTraits.WithoutRowId);
        _notes = canBoth && !_counts;
        _kind = _statement.Deletes ? RowAction.Deleted : _statement.Inserts ? RowAction.Inserted : RowAction.Updated;
    }

    /// <summary>Called once the transaction is there, before anything is run.</summary>
    internal void Restart() => (_inserted, _updated, _deleted, _rowsBefore) = (0, 0, 0, null);

    /// <summary>Called before the first of some runs: other statements may have inserted since.</summary>
    internal void Begin()
    {
        if (_notes)
            Unset();
        if (_counts)
            _rowsBefore ??= Rows();
    }

    // A row could have this number only if somebody gave it just that one of 2⁶⁴.
    const long NoRow = -0x5ee1_d0c5_a71b_93f7;

    unsafe void Unset() => NativeCalls.SetLastInsertRowId(_db.Pointer, NoRow);

    unsafe bool WasInsert() => NativeCalls.LastInsertRowId(_db.Pointer) != NoRow;

    long Rows() => _db.Query("SELECT count(*) FROM " + SqliteNames.Quote(_table.Name, _table.Schema), row => row.Long(0))[0];

    /// <summary>What the last run did, where it changed a row of a table with row numbers.</summary>
    internal RowAction Last { get; private set; }

    internal void Ran(long changes)
    {
        Last = _notes && !WasInsert() ? RowAction.Updated : _kind;
        if (changes == 0)
            return;
        if (_kind is RowAction.Deleted)
            _deleted++;
        else if (_counts || Last is RowAction.Updated)
            _updated++;
        else
            _inserted++;
        if (_notes && Last is RowAction.Inserted)
            Unset();
    }

    /// <summary>The counts since the last time.</summary>
    /// <param name="sent">The rows that were sent since.</param>
    internal RowFates Take(long sent)
    {
        if (_counts)
        {
            _inserted = _rowsBefore is { } before ? Rows() - before : 0;
            _updated -= _inserted;
            _rowsBefore = null;
        }
        // Without a condition an upsert changes every row that no trigger leaves out.
        var unchanged = _statement is { Inserts: true } and ({ CanUpdate: true, HasCondition: true } or { IgnoresConflicts: true })
            ? sent - _inserted - _updated
            : 0;
        var fates = new RowFates(_inserted, _updated, _deleted, unchanged);
        (_inserted, _updated, _deleted) = (0, 0, 0);
        return fates;
    }
}
