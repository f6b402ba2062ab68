using Sluice.Planning;
using Sluice.Schema;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Schema;
using Sluice.Writing;
using SQLitePCL;

namespace Sluice.Sqlite.Writing;

/// <summary>Tells what became of each row of a statement: the library counts changes, and not of which kind they were.</summary>
/// <remarks>
/// The update hook says whether a row was inserted or updated: https://sqlite.org/c3ref/update_hook.html. The first it says of the table within
/// one run is what the statement itself did; more comes from triggers. It is silent on tables without row numbers, whose rows are counted.
/// </remarks>
sealed class FateCounter
{
    readonly SqliteHandle _db;
    readonly RowsStatement _statement;
    readonly bool _counts;
    readonly string _table;
    readonly string _countRows;
    long _rowsBefore;
    int _kind;
    long _inserted;
    long _updated;
    long _deleted;

    internal FateCounter(SqliteHandle db, BulkPlan plan)
    {
        _db = db;
        _statement = plan.Write!.Statement;
        _table = plan.Table.Name;
        _counts = _statement is { Inserts: true, CanUpdate: true } && plan.Table.Traits.HasFlag(TableTraits.WithoutRowId);
        _countRows = "SELECT count(*) FROM " + SqliteNames.Quote(plan.Table.Name, plan.Table.Schema);
        if (_statement is not { Inserts: true, CanUpdate: true })
            return;
        if (_counts)
            _rowsBefore = Rows();
        else
            db.OnChange(Told);
    }

    long Rows() => _db.Query(_countRows, row => row.Long(0))[0];

    void Told(object? state, int type, utf8z database, utf8z table, long rowId)
    {
        if (_kind == 0 && string.Equals(table.utf8_to_string(), _table, StringComparison.OrdinalIgnoreCase))
            _kind = type;
    }

    /// <summary>What the last run did, where it changed a row of a table with row numbers.</summary>
    internal RowAction Last { get; private set; }

    internal void Ran(long changes)
    {
        Last = _statement.Deletes ? RowAction.Deleted : !_statement.Inserts || _kind == raw.SQLITE_UPDATE ? RowAction.Updated : RowAction.Inserted;
        if (changes > 0)
        {
            if (_statement.Deletes)
                _deleted++;
            else if (!_statement.Inserts || _counts || _kind == raw.SQLITE_UPDATE)
                _updated++;
            else
                _inserted++;
        }
        _kind = 0;
    }

    /// <summary>The counts since the last time.</summary>
    /// <param name="sent">The rows that were sent since.</param>
    internal RowFates Take(long sent)
    {
        if (_counts)
        {
            var rows = Rows();
            _inserted = rows - _rowsBefore;
            _updated -= _inserted;
            _rowsBefore = rows;
        }
        var unchanged = _statement is { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true }) ? sent - _inserted - _updated : 0;
        var fates = new RowFates(_inserted, _updated, _deleted, unchanged);
        (_inserted, _updated, _deleted) = (0, 0, 0);
        return fates;
    }

    internal void End()
    {
        if (_statement is { Inserts: true, CanUpdate: true })
            _db.OnChange(null);
    }
}
