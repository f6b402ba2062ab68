using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// Runs one statement over many rows at a time: as arrays where they are few, from a temporary table filled by COPY where they are many.
/// </summary>
sealed class SetWriter<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) : ChunkWriter<T>
{
    readonly WriteRequest _write = plan.Write!;
    readonly LineMap _lines = new();
    readonly SameKeys? _same = SameKeys.For(session, plan);
    ArrayColumns<T>? _arrays;
    Table? _staging;
    PostgresWriter<T>? _copy;
    RowChunk<T>? _chunk;
    RowFates _fates;
    bool _isInOrder;
    long _bytes;
    int _staged;

    public override long Bytes => _bytes + (_copy?.Bytes ?? 0);

    bool CanUseArrays(int rows) =>
        plan.Path is ArrayPath || (plan.Path is StagedPath staged && _staged == 0 && rows <= staged.MostInArrays);

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _chunk = chunk;
        _isInOrder = _staged == 0 || (_isInOrder && chunk.FollowsOrder);
        if (CanUseArrays(chunk.Count))
        {
            await WriteArraysAsync(chunk, cancellationToken).ConfigureAwait(false);
            return;
        }
        await StageAsync(cancellationToken).ConfigureAwait(false);
        await _copy!.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        _lines.Add(chunk);
        _staged += chunk.Count;
        if (_staged >= SetSizes.MostStaged(_write) && !_write.RemovesOthers)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync("TRUNCATE " + PostgresNames.Quote(_staging!.Name, _staging.Schema), cancellationToken).ConfigureAwait(false);
        }
    }

    async Task WriteArraysAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        var arrays = await OpenArraysAsync(cancellationToken).ConfigureAwait(false);
        // A sync takes all rows at once.
        if (!_write.RemovesOthers)
            arrays.Clear();
        var before = arrays.Count;
        try
        {
            arrays.Add(chunk.Rows);
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, arrays.Count - before, arrays.Field, locate);
        }
        if (_write.RemovesOthers)
        {
            _lines.Add(chunk);
            return;
        }
        _bytes += arrays.Bytes;
        _lines.Clear();
        _lines.Add(chunk);
        await RefuseSameAsync(arrays.Take(chunk.Count), cancellationToken).ConfigureAwait(false);
        _fates += await ApplyAsync(rows => InArrays(arrays, rows), chunk.Count, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<ArrayColumns<T>> OpenArraysAsync(CancellationToken cancellationToken)
    {
        if (_arrays is not null)
            return _arrays;
        var arrays = _arrays = new ArrayColumns<T>(plan, shape);
        await SpreadRun.CheckAsync(session, plan, arrays.Take(0), cancellationToken).ConfigureAwait(false);
        return arrays;
    }

    async Task SyncArraysAsync(CancellationToken cancellationToken)
    {
        var arrays = await OpenArraysAsync(cancellationToken).ConfigureAwait(false);
        var rows = arrays.Count;
        await RefuseSameAsync(arrays.Take(rows), cancellationToken).ConfigureAwait(false);
        if (rows > 0)
            _fates += await ApplyAsync(count => InArrays(arrays, count), rows, cancellationToken).ConfigureAwait(false);
        await RemoveOthersAsync(InArrays(arrays, rows), cancellationToken).ConfigureAwait(false);
        _bytes += arrays.Bytes;
        arrays.Clear();
        _lines.Clear();
    }

    RowsAtHand InArrays(ArrayColumns<T> arrays, int rows)
    {
        var values = arrays.TakeAll(rows);
        return new(Unnest(SetStatements.Rows, values), rows, _isInOrder, arrays.AreCast ? null : values);
    }

    RowsAtHand Staged(int rows) => new(rows == _staged ? _staging! : FirstStaged(rows), rows, _isInOrder, Arrays: null);

    async Task RemoveOthersAsync(RowsAtHand kept, CancellationToken cancellationToken) =>
        _fates += new RowFates(0, Removed: await SetRun.RemoveOthersAsync(session, plan, kept, cancellationToken).ConfigureAwait(false));

    // Where each chunk is a transaction, the table outlives it, empty, and the session drops it at its
    // end.
    async Task StageAsync(CancellationToken cancellationToken)
    {
        if (_staging is null)
        {
            _staging = SetStatements.Staging(plan, TemporaryTables.NewName());
            _outlives = plan.Commit != CommitPolicy.Atomic && session.Transaction.KeepsTables;
            var columns = string.Join(", ", plan.Columns.Select(c => PostgresNames.Quote(c.Target.Name)));
            await RunAsync(
                $"CREATE TEMP TABLE {PostgresNames.Quote(_staging.Name)} ON COMMIT {(_outlives ? "DELETE ROWS" : "DROP")} AS "
                + $"SELECT {columns} FROM {PostgresNames.Quote(plan.Table.Name, plan.Table.Schema)} WITH NO DATA",
                cancellationToken).ConfigureAwait(false);
            if (_outlives)
                session.Tables.DropAtEnd(PostgresNames.Quote(_staging.Name, _staging.Schema));
            await SpreadRun.CheckAsync(session, plan, _staging, cancellationToken).ConfigureAwait(false);
        }
        _copy ??= ChunkWriters.OpenCopy(session, PostgresPlanner.PlanCopy(plan, _staging, plan.Columns), shape, locate);
    }

    // Decided when the table is made: what is known of the connection may change before the next chunk.
    bool _outlives;

    async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _copy!.CompleteAsync(cancellationToken).ConfigureAwait(false);
        // Without statistics the planner takes the table for a small one, and joins row by row.
        if (!_write.Statement.Inserts || _write.RemovesOthers)
            await RunAsync($"ANALYZE {PostgresNames.Quote(_staging!.Name, _staging.Schema)} ({string.Join(", ", _write.Key.Select(c => PostgresNames.Quote(c.Name)))})", cancellationToken).ConfigureAwait(false);
        await RefuseSameAsync(_staging!, cancellationToken).ConfigureAwait(false);
        _fates += await ApplyAsync(Staged, _staged, cancellationToken).ConfigureAwait(false);
        if (!_write.RemovesOthers)
            _lines.Clear();
        else
            await RemoveOthersAsync(Staged(_staged), cancellationToken).ConfigureAwait(false);
        _staged = 0;
    }

    Task RefuseSameAsync(SqlFrom rows, CancellationToken cancellationToken) =>
        _same?.CheckAsync(rows, _lines.OrdinalOf, LocationOf, cancellationToken) ?? Task.CompletedTask;

    // A temporary table is read from its first row to its last: other sessions' scans, which this one could join, do not see it.
    SqlFrom FirstStaged(int rows) =>
        Select([.. plan.Columns.Select(c => _staging![c.Target.Name].As(c.Target.Name))]).From(_staging!).Limit(rows).As("sluice_some");

    Task<RowFates> ApplyAsync(Func<int, RowsAtHand> first, int rows, CancellationToken cancellationToken) => RefusedRow.RunAsync(
        session, rows, count => SetRun.RunAsync(session, plan, first(count), cancellationToken), Place, cancellationToken);

    LoadFault Place(LoadFault fault, int before)
    {
        var ordinal = _lines.OrdinalOf(before + 1);
        return CollidedNumber.Explain(fault.At(ordinal, ordinal is null ? null : LocationOf(ordinal.Value)), plan);
    }

    // Only the chunk at hand still has its rows; a row before it is known by its number.
    string? LocationOf(long ordinal)
    {
        for (var i = 0; _chunk is not null && i < _chunk.Count; i++)
        {
            if (_chunk.OrdinalOf(i) == ordinal)
                return locate(_chunk.Rows[i]);
        }
        return null;
    }

    Task RunAsync(string sql, CancellationToken cancellationToken) =>
        session.ExecuteAsync(new RenderedStatement(sql, []), cancellationToken);

    public override ValueTask PauseAsync(CancellationToken cancellationToken) =>
        _copy?.PauseAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public override async ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_write.RemovesOthers && plan.Path is ArrayPath)
        {
            await SyncArraysAsync(cancellationToken).ConfigureAwait(false);
            return TakeFates();
        }
        if (_write.RemovesOthers)
            await StageAsync(cancellationToken).ConfigureAwait(false);
        if (_staged > 0 || _write.RemovesOthers)
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        await DropAsync(cancellationToken).ConfigureAwait(false);
        await CatalogAccess.ConfirmAsync(session, plan.Table, cancellationToken).ConfigureAwait(false);
        return TakeFates();
    }

    RowFates TakeFates()
    {
        var fates = _fates;
        _fates = default;
        return fates;
    }

    // At once, for in a caller's transaction the commit may be far.
    async Task DropAsync(CancellationToken cancellationToken)
    {
        if (_staging is null || _outlives)
            return;
        _bytes += _copy!.Bytes;
        await _copy.DisposeAsync().ConfigureAwait(false);
        _copy = null;
        await RunAsync("DROP TABLE " + PostgresNames.Quote(_staging.Name, _staging.Schema), cancellationToken).ConfigureAwait(false);
        _staging = null;
    }

    public override async ValueTask DisposeAsync()
    {
        _arrays?.Dispose();
        if (_copy is not null)
            await _copy.DisposeAsync().ConfigureAwait(false);
    }
}
