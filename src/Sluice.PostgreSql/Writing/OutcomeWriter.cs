using Sluice.Planning;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Writes rows as a relation by one statement for each chunk, which says of each row what became of it.</summary>
/// <param name="session">The session.</param>
/// <param name="plan">The plan.</param>
/// <param name="shape">The rows.</param>
/// <param name="returning">What is wanted of each row.</param>
/// <param name="numbered">
/// A column that rows are numbered by before they are inserted, because nothing that they bring tells them apart.
/// </param>
/// <param name="locate">Where a row stands in the source.</param>
sealed class OutcomeWriter<T, TValue>(
    ServerSession session, BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, Column? numbered, RowLocator<T> locate) : ReturningWriter<T, TValue>
{
    readonly OutcomeRows<T> _rows = OutcomeRows<T>.Of(session, plan, shape, locate);
    readonly RenderedStatement? _take = numbered is null ? null : SequenceNumbers.Taking(plan.Table, numbered);
    WriteRequest _write = numbered is null
        ? plan.Write!
        : plan.Write! with { Statement = plan.Write!.Statement.With(numbered), Key = [numbered] };
    RowOutcome<TValue>[] _outcomes = [];
    readonly SameKeys? _same = SameKeys.For(session, plan);
    bool[] _known = [];
    bool[] _unsure = [];
    long[]? _numbers;
    bool _isChecked;

    public override async ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        await _rows.FillAsync(chunk, cancellationToken).ConfigureAwait(false);
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        if (_take is not null)
            _numbers = await SequenceNumbers.TakeAsync(session, _take, chunk.Count, cancellationToken).ConfigureAwait(false);
        _outcomes = new RowOutcome<TValue>[chunk.Count];
        Array.Fill(_outcomes, new(RowAction.Skipped, default!));
        _known = new bool[chunk.Count];
        _unsure = new bool[chunk.Count];

        // A row with a null in its key conflicts with none, and nothing tells it from another one: each is written alone.
        var alone = _write.Statement.Inserts && !_write.NullsEqual
            ? await _rows.NullsAsync(chunk.Count, _write.Key, cancellationToken).ConfigureAwait(false)
            : new HashSet<int>();
        int[] together = [.. Enumerable.Range(0, chunk.Count).Where(i => !alone.Contains(i))];
        if (_same is not null && together.Length > 0)
            await _same.CheckAsync(Relation(together), n => chunk.OrdinalOf(together[n - 1]), ordinal => LocationOf(chunk, ordinal),
                cancellationToken).ConfigureAwait(false);
        await RunAsync(chunk, together, cancellationToken).ConfigureAwait(false);
        foreach (var row in alone)
            await RunAsync(chunk, [row], cancellationToken).ConfigureAwait(false);
        await _rows.EndAsync(cancellationToken).ConfigureAwait(false);
        await CatalogAccess.ConfirmAsync(session, plan.Table, cancellationToken).ConfigureAwait(false);
        return _outcomes;
    }

    // Each chunk may be a transaction of its own, which has its own time.
    async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_isChecked)
            await SpreadRun.CheckAsync(session, plan, Relation([]), cancellationToken).ConfigureAwait(false);
        _isChecked = true;
        if (Spread.SendsTime(plan))
            _write = _write with { Statement = (await SpreadRun.InTimeAsync(session, plan, cancellationToken).ConfigureAwait(false)).Write!.Statement };
    }

    string? LocationOf(RowChunk<T> chunk, long ordinal)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (chunk.OrdinalOf(i) == ordinal)
                return locate(chunk.Rows[i]);
        }
        return null;
    }

    async Task RunAsync(RowChunk<T> chunk, int[] rows, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
            return;
        var written = await RefusedRow.RunAsync(
            session,
            rows.Length,
            count => WriteAsync(rows[..count], cancellationToken),
            (fault, before) => CollidedNumber.Explain(fault.At(chunk.OrdinalOf(rows[before]), locate(chunk.Rows[rows[before]])), plan),
            cancellationToken).ConfigureAwait(false);
        foreach (var outcome in written)
        {
            var row = rows.Length == 1 ? 0 : outcome.Place ?? throw SessionProblems.KeyChanged(plan.Table, _write.Key);
            _outcomes[rows[row]] = new(Action(outcome.IsNew), outcome.Value);
            _known[rows[row]] = true;
            _unsure[rows[row]] = outcome.IsNew is null;
        }
        var leaves = _write.IsConditional || _write.Statement is { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true });
        if (leaves && (rows.Any(r => !_known[r]) || written.Any(w => w.IsNew is null && _write.Statement.Inserts)))
            await FindAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    RowAction Action(bool? isNew) => _write.Statement switch
    {
        { Deletes: true } => RowAction.Deleted,
        { Inserts: false } => RowAction.Updated,
        _ => isNew is false ? RowAction.Updated : RowAction.Inserted,
    };

    async Task<IReadOnlyList<PlacedOutcome<TValue>>> WriteAsync(int[] rows, CancellationToken cancellationToken)
    {
        var relation = Relation(rows);
        var order = plan.Order is RowOrder.ByKey ? _write.Key : [];
        if (!_write.Statement.Inserts && order.Count > 0)
            await session.ExecuteAsync(session.Dialect.Render(RowLocks.Of(plan, relation, order)), cancellationToken).ConfigureAwait(false);
        return await QueryAsync(OutcomeStatements.Writing(session, plan.Table, _write, relation, order, returning.Columns),
            cancellationToken).ConfigureAwait(false);
    }

    // What the statement left alone is there already, perhaps by a transaction that the statement itself could not see: only the next one
    // can.
    async Task FindAsync(int[] rows, CancellationToken cancellationToken)
    {
        foreach (var found in await QueryAsync(OutcomeStatements.Found(plan.Table, _write, Relation(rows), returning.Columns), cancellationToken).ConfigureAwait(false))
        {
            var row = rows[found.Place!.Value];
            if (!_known[row])
                _outcomes[row] = new(RowAction.Unchanged, found.Value);
            else if (_unsure[row] && _write.Statement.Inserts && found.IsNew is false)
                _outcomes[row] = _outcomes[row] with { Action = RowAction.Updated };
        }
    }

    Task<IReadOnlyList<PlacedOutcome<TValue>>> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        session.QueryAsync(session.Dialect.Render(statement), new OutcomeShape<TValue>(returning.Shape), cancellationToken);

    SqlFrom Relation(int[] rows)
    {
        var places = (OutcomeStatements.Place, SqlArray.Of(OutcomeStatements.Place, Enumerable.Range(1, rows.Length)));
        return _numbers is null
            ? _rows.Take(rows, places)
            : _rows.Take(rows, places, (numbered!.Name, SequenceNumbers.Array(numbered, rows.Select(r => _numbers[r]))));
    }

    public override ValueTask DisposeAsync() => _rows.DisposeAsync();
}
