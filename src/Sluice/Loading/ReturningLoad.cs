using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>A load that hands each row back with what became of it, in the order of the source.</summary>
sealed class ReturningLoad<T, TValue>(
    SessionSource engine, RowSource<T> source, Table? named, Operation operation, IReadOnlyList<Column> columns, Func<ResultShape<TValue>> shapeOfValue, BulkOptions options)
{
    /// <summary>What the load has come to, once the last row was handed back.</summary>
    internal BulkResult? Result { get; private set; }

    internal async IAsyncEnumerable<(T Row, TValue Value,
        RowAction Action)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_hasRun)
            throw new InvalidOperationException("The load has run: its rows were enumerated before, and its source is read once. Call the verb again to load again, or keep what the first enumeration gave.");
        _hasRun = true;
        await using var sourceDisposal = source.ConfigureAwait(false);
        OptionCheck.Run(options);
        var target = named ?? source.Table ?? throw LoadProblems.SourceWithoutTable(source.Name);
        var tally = new LoadTally(source, options.Progress);
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        var (table, shape, plan) = await ToldAsync(() => PlanAsync(session, target, cancellationToken), tally,
            cancellationToken).ConfigureAwait(false);
        var returning = new ReturningRequest<TValue>([.. columns.Select(c => Known(table, c))], shapeOfValue());
        if (plan.Write is { Statement: { Inserts: true, IgnoresConflicts: true }, Key.Count: 0 })
            throw LoadProblems.NotToldApart(table);
        var filter = DuplicateFilter<T>.For(plan, shape, source.Locate, options.Duplicates);
        using var chunks = new GivenChunks<T>(source, filter, UnsetKeys<T>.For(plan, shape, source), plan.ChunkSize.Rows,
            RowWeight<T>.For(source, shape));
        await using var writerDisposal = session.OpenReturning(plan, shape, returning, source.Locate).ConfigureAwait(false, out var writer);
        await ToldAsync(() => BeginAsync(session, cancellationToken), tally, cancellationToken).ConfigureAwait(false);
        while (await ToldAsync(() => chunks.ReadAsync(cancellationToken).AsTask(), tally, cancellationToken).ConfigureAwait(false) is { } given)
        {
            var timing = tally.Start(given.Sent.Count);
            var outcomes = await ToldAsync(() => WriteAsync(session, writer, plan, given.Sent, tally, cancellationToken), tally,
                cancellationToken).ConfigureAwait(false);
            tally.Dropped(chunks.Dropped);
            tally.Finish(timing, 0);
            for (int i = 0, sent = 0; i < given.Count; i++)
            {
                var outcome = given.Stays is { } stays && !stays[i] ? new(RowAction.Skipped, default!) : outcomes[sent++];
                yield return (given.Rows[i], outcome.Value, outcome.Action);
            }
        }
        await ToldAsync(() => CommitAsync(session, cancellationToken), tally, cancellationToken).ConfigureAwait(false);
        if (plan.Commit == CommitPolicy.Atomic)
            tally.Committed(_fates);
        Result = tally.Prove(plan);
    }

    RowFates _fates;
    bool _hasRun;

    Column Known(Table table, Column column) => table.TryGetColumn(column.Name, out var known)
        ? known
        : throw PlanProblems.UnknownColumns(table, source.Name,
            [(column.Name, ClosestName.Find(column.Name, table.Columns.Select(c => c.Name)))]);

    async Task<(Table Table, RowShape<T> Shape, BulkPlan Plan)> PlanAsync(BulkSession session, Table target,
        CancellationToken cancellationToken)
    {
        var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
        var shape = source.Bind(table);
        var request = new PlanRequest(source.Name, shape.Fields, table, options);
        return (table, shape, await PlanRun.PlanReturningAsync(session, request, operation, cancellationToken).ConfigureAwait(false));
    }

    async Task<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(
        BulkSession session, ReturningWriter<T, TValue> writer, BulkPlan plan, RowChunk<T> chunk, LoadTally tally, CancellationToken cancellationToken)
    {
        var outcomes = await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        _fates += Count(outcomes);
        if (plan.Commit != CommitPolicy.Atomic)
        {
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            tally.Committed(_fates);
            _fates = default;
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        }
        return outcomes;
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

    static async Task<bool> BeginAsync(BulkSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    static async Task<bool> CommitAsync(BulkSession session, CancellationToken cancellationToken)
    {
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    // What fails is told with what was kept.
    async Task<TResult> ToldAsync<TResult>(Func<Task<TResult>> step, LoadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw tally.Explain(fault, options);
        }
        catch (OperationCanceledException cancelled)
        {
            throw tally.Explain(cancelled, options.Commit, cancellationToken);
        }
        catch (BulkException failure) when (failure.RowsKept == 0 && tally.Kept > 0)
        {
            failure.Keep(tally.Kept);
            throw;
        }
        catch (Exception failure) when (SourceFault.IsForeign(failure))
        {
            throw tally.Explain(SourceFault.Of(source, failure, read: 0), options);
        }
    }
}
