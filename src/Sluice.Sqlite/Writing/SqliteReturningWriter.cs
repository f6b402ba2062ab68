using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Workers;
using static Sluice.Sql;

namespace Sluice.Sqlite.Writing;

/// <summary>Runs one prepared statement for each row and reads what it returns; rows that it leaves alone are looked up.</summary>
sealed class SqliteReturningWriter<T, TValue>(
    SqliteWorker worker, BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, RowLocator<T> locate, SqliteDialect dialect, bool isPart) : ReturningWriter<T, TValue>
{
    readonly WriteRequest _write = plan.Write!;
    RowOutcome<TValue>[] _outcomes = [];
    RowMaker<TValue, SqliteStatementReader>? _maker;
    SqliteBinder? _writing;
    SqliteBinder? _finding;
    FateCounter? _fates;
    bool _returned;
    TValue? _value;
    int _row;

    bool IsUpsert => _write.Statement is { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true });

    // A row that its statement leaves alone is there all the same, or is not.
    bool LeavesAlone => IsUpsert || _write.IsConditional;

    // Without row numbers nothing tells of each row whether it is new; nobody else writes meanwhile, so asking before is as good.
    bool AsksBefore => _write.Statement is { Inserts: true, CanUpdate: true } && plan.Table.Traits.HasFlag(TableTraits.WithoutRowId);

    public override async ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        await worker.WriteAsync(db => Write(db, chunk), isPart, cancellationToken).ConfigureAwait(false);

    internal RowOutcome<TValue>[] Write(SqliteHandle db, RowChunk<T> chunk)
    {
        Open(db);
        _outcomes = new RowOutcome<TValue>[chunk.Count];
        var wasThere = AsksBefore ? Find(chunk, [.. Enumerable.Range(0, chunk.Count)]) : [];
        _row = 0;
        _fates!.Begin();
        Run(_writing!, chunk, 0, chunk.Count);
        foreach (var row in wasThere.Keys)
        {
            if (_outcomes[row].Action is RowAction.Inserted)
                _outcomes[row] = _outcomes[row] with { Action = RowAction.Updated };
        }
        if (!LeavesAlone)
            return _outcomes;
        foreach (var (row, value) in Find(chunk, [.. Enumerable.Range(0, chunk.Count).Where(i => _outcomes[i].Action is RowAction.Skipped)]))
            _outcomes[row] = new(RowAction.Unchanged, value);
        return _outcomes;
    }

    void Open(SqliteHandle db)
    {
        if (_writing is not null)
            return;
        _fates = new FateCounter(db, plan);
        _fates.Restart();
        var writing = dialect.Render(_write.Statement.ForOneRowReturning(plan.Table, returning.Columns));
        _writing = new SqliteBinder(db, plan, shape.Fields.Count, writing, dialect.Text) { Returned = Keep, Ran = Settle };
        returning.Shape.Bind([.. returning.Columns.Select(c => c.Name)]);
        _maker = returning.Shape.Maker<SqliteStatementReader>();
        if (!LeavesAlone)
            return;
        var keys = plan.Columns.Where(c => _write.Key.Any(k => k.Name == c.Target.Name)).ToArray();
        var same = _write.Key.Select(c => _write.Same(c, plan.Table[c], Row(new Column<object>(c.Name, c.Type)))).Aggregate((left, right) => left & right);
        if (_write.Predicate is not null)
            same &= _write.Predicate;
        var finding = dialect.Render(Select([.. returning.Columns.Select(c => plan.Table[c])]).From(plan.Table).Where(same));
        _finding = new SqliteBinder(db, plan with { Columns = keys }, shape.Fields.Count, finding, dialect.Text,
            _writing.Forms)
        { Returned = Keep };
    }

    void Keep(sqlite3_stmt statement)
    {
        if (_returned)
            return;
        var reader = new SqliteStatementReader(statement);
        _value = _maker!(ref reader);
        _returned = true;
    }

    void Settle(long changes)
    {
        _fates!.Ran(changes);
        _outcomes[_row++] = _returned ? new(_fates.Last, _value!) : new(RowAction.Skipped, default!);
        _returned = false;
        _value = default;
    }

    Dictionary<int, TValue> Find(RowChunk<T> chunk, int[] rows)
    {
        var found = new Dictionary<int, TValue>();
        foreach (var row in rows)
        {
            Run(_finding!, chunk, row, 1);
            if (_returned)
                found.Add(row, _value!);
            _returned = false;
        }
        return found;
    }

    void Run(SqliteBinder binder, RowChunk<T> chunk, int first, int count)
    {
        binder.Restart();
        try
        {
            shape.Write(chunk.Rows.Slice(first, count), ref binder.Sink);
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, first + binder.Ended, binder.Field, locate);
        }
        catch (SqliteException failure) when (!failure.Is(ResultCode.Interrupt))
        {
            throw NativeProblems.Refused(failure, chunk.OrdinalOf(first + binder.Ended), locate(chunk.Rows[first + binder.Ended]));
        }
    }

    public override async ValueTask DisposeAsync() =>
        await worker.RunAsync(
            _ =>
            {
                _writing?.Dispose();
                _finding?.Dispose();
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
}
