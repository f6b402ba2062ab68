using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>A load that hands each row back with what became of it, in the order of the source.</summary>
sealed class ReturningLoad<T, TValue>(LoadRequest request, RowSource<T> source, IReadOnlyList<Column> columns,
    Func<ResultShape<TValue>> shapeOfValue)
{
    readonly LoadRequest _request = request with { Returns = true };

    /// <summary>What the load has come to, once the last row was handed back.</summary>
    internal BulkResult? Result { get; private set; }

    internal async IAsyncEnumerable<(T Row, TValue Value,
        RowAction Action)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_hasRun)
            throw new InvalidOperationException("The load has run: its rows were enumerated before, and its source is read once. Call the verb again to load again, or keep what the first enumeration gave.");
        _hasRun = true;
        await using var sourceDisposal = source.ConfigureAwait(false);
        _request.Check(source);
        var tally = new LoadTally(source, _request.Options.Progress);
        await using var disposal = (await _request.Sessions.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        OptionCheck.Run(_request.Options, session);
        var load = await ToldAsync(() => PreparedLoad<T>.FindAsync(_request, session, source, creates: false, cancellationToken), tally,
            cancellationToken).ConfigureAwait(false);
        var (table, plan) = (load.Plan.Table, load.Plan);
        var returning = new ReturningRequest<TValue>([.. columns.Select(c => Known(table, c))], shapeOfValue());
        if (plan.Write is { Statement: { Inserts: true, IgnoresConflicts: true }, Key.Count: 0 })
            throw LoadProblems.NotToldApart(table);
        using var chunks = load.OpenGivenChunks();
        await using var writerDisposal = session.OpenReturning(plan, load.Shape, returning, source.Locate).ConfigureAwait(false,
            out var writer);
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
        : throw PlanProblems.UnknownColumns(table, source.Name, [column.Name]);

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
            await session.BeginAsync(_request.Options.Limits.Transaction, cancellationToken).ConfigureAwait(false);
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

    async Task<bool> BeginAsync(BulkSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(_request.Options.Limits.Transaction, cancellationToken).ConfigureAwait(false);
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
        catch (Exception failure)
        {
            if (tally.Tell(failure, _request.Options, cancellationToken) is { } told)
                throw told;
            throw;
        }
    }
}
