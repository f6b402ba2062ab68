using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Writing;

namespace Sluice.Loads;

/// <summary>A load that hands each row back with what became of it, in the order of the source.</summary>
sealed class ReturningLoad<T, TValue>(
    Database engine, RowSource<T> source, IWriteIntent intent, IReadOnlyList<Column> columns, Func<ResultShape<TValue>> shapeOfValue, BulkOptions options)
{
    /// <summary>What the load has come to, once the last row was handed back.</summary>
    internal BulkResult? Result { get; private set; }

    internal async IAsyncEnumerable<(T Row, TValue Value, RowAction Action)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_hasRun)
            throw new InvalidOperationException("The load has run: its rows were enumerated before, and its source is read once. Call the verb again to load again, or keep what the first enumeration gave.");
        _hasRun = true;
        await using var sourceDisposal = source.ConfigureAwait(false);
        var target = source.Table ?? throw Throw.SourceWithoutTable(source.Name);
        var tally = new LoadTally(source, options.Progress);
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
        var shape = source.Bind(table);
        var request = new PlanRequest(source.Name, shape.Fields, table, options);
        var plan = await RowsPlanning.PlanAsync(session, request, intent, cancellationToken).ConfigureAwait(false);
        var returning = new ReturningRequest<TValue>([.. columns.Select(c => Known(table, c))], shapeOfValue());
        if (plan.Write is { Statement: { Inserts: true, IgnoresConflicts: true }, Key.Count: 0 })
            throw Throw.NotToldApart(table);
        var filter = DuplicateFilter<T>.For(plan, shape, source.Locate, options.Duplicates);
        using var chunks = new GivenChunks<T>(source, filter, UnsetKeys<T>.For(plan, shape, source), plan.ChunkSize.Rows, RowWeight<T>.For(source, shape));
        await using var writerDisposal = session.OpenReturning(plan, shape, returning, source.Locate).ConfigureAwait(false, out var writer);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        while (await ReadAsync(chunks, tally, cancellationToken).ConfigureAwait(false) is { } given)
        {
            var timing = tally.Start(given.Sent.Count);
            var outcomes = await WriteAsync(session, writer, plan, given.Sent, tally, cancellationToken).ConfigureAwait(false);
            tally.Dropped(chunks.Dropped);
            tally.Finish(timing, 0);
            for (int i = 0, sent = 0; i < given.Count; i++)
            {
                var outcome = given.Stays is { } stays && !stays[i] ? new(RowAction.Skipped, default!) : outcomes[sent++];
                yield return (given.Rows[i], outcome.Value, outcome.Action);
            }
        }
        await CommitAsync(session, tally, cancellationToken).ConfigureAwait(false);
        if (plan.Commit is CommitPolicy.Atomic)
            tally.Committed(_fates);
        Result = tally.Prove(plan);
    }

    RowFates _fates;
    bool _hasRun;

    Column Known(Table table, Column column) => table.TryGetColumn(column.Name, out var known)
        ? known
        : throw Throw.UnknownColumns(table, source.Name, [(column.Name, ClosestName.Find(column.Name, table.Columns.Select(c => c.Name)))]);

    async Task<GivenChunk<T>?> ReadAsync(GivenChunks<T> chunks, LoadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            return await chunks.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw tally.Explain(fault, options);
        }
    }

    async Task<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(
        BulkSession session, ReturningWriter<T, TValue> writer, BulkPlan plan, RowChunk<T> chunk, LoadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            _fates += Count(outcomes);
            if (plan.Commit is CommitPolicy.PerChunk)
            {
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
                tally.Committed(_fates);
                _fates = default;
                await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            }
            return outcomes;
        }
        catch (LoadFault fault)
        {
            throw tally.Explain(fault, options);
        }
    }

    static RowFates Count(IReadOnlyList<RowOutcome<TValue>> outcomes)
    {
        long inserted = 0, updated = 0, deleted = 0, unchanged = 0;
        for (var i = 0; i < outcomes.Count; i++)
        {
            _ = outcomes[i].Action switch
            {
                RowAction.Inserted => inserted++,
                RowAction.Updated => updated++,
                RowAction.Deleted => deleted++,
                RowAction.Unchanged => unchanged++,
                _ => 0,
            };
        }
        return new RowFates(inserted, updated, deleted, unchanged);
    }

    async Task CommitAsync(BulkSession session, LoadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw tally.Explain(fault, options);
        }
    }
}
