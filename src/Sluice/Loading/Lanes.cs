using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Writes chunks over several connections side by side, each chunk in a transaction of its own.</summary>
/// <remarks>
/// The source is read by one; whichever connection is free takes the next chunk. Chunks have no key in common, so none waits for another's
/// rows.
/// </remarks>
sealed class Lanes<T>(PreparedLoad<T> load, LoadTally tally)
{
    readonly List<Lane> _lanes = [];
    readonly Lock _tallying = new();

    /// <summary>How many connections a load has. Two may not touch one row: rows of one key must have been found, or be new.</summary>
    /// <exception cref="BulkPlanException">The load cannot have as many as are asked for.</exception>
    internal static int CountFor(PreparedLoad<T> load)
    {
        var (wanted, plan) = (load.Request.Options.Parallelism, load.Plan);
        if (wanted == 1)
            return 1;
        if (wanted < 1)
            throw LoadProblems.NoLane(wanted);
        if (load.HasBegun)
            throw LoadProblems.NewTableInLanes();
        if (plan.Commit == CommitPolicy.Atomic)
            throw LoadProblems.OneTransactionInLanes();
        if (plan.Write is { RemovesOthers: true } || (plan.Write is { Statement: not { Inserts: true, CanUpdate: false, IgnoresConflicts: false } } && !load.HasDistinctKeys))
            throw LoadProblems.SameRowInLanes(plan);
        // One connection is all that a caller's transaction has.
        return load.Session.IsNested ? 1 : Math.Min(wanted, load.Request.Sessions.MostWriters);
    }

    internal async Task WriteAsync(ChunkReader<T> chunks, int count, CancellationToken cancellationToken)
    {
        try
        {
            var failed = false;
            while (!failed && await chunks.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                var lane = await FreeAsync(count, cancellationToken).ConfigureAwait(false);
                failed = lane is null;
                // On a thread of its own: encoding is the client's work, and each lane does its own.
                lane?.Start(() => WriteAsync(lane, chunks, chunk, cancellationToken));
            }
        }
        finally
        {
            // Also where reading failed: what was begun is ended, and what it kept is told before the failure is.
            await EndAsync().ConfigureAwait(false);
        }
    }

    // A lane that has nothing to do, or null where one has failed.
    async Task<Lane?> FreeAsync(int count, CancellationToken cancellationToken)
    {
        if (_lanes.Count == 0)
            return Open(load.Session, owned: false);
        if (_lanes.Count < count && _lanes.TrueForAll(l => !l.Work.IsCompleted))
            return Open(await load.Request.Sessions.OpenSessionAsync(cancellationToken).ConfigureAwait(false), owned: true);
        await Task.WhenAny(_lanes.Select(l => l.Work)).ConfigureAwait(false);
        return _lanes.Exists(l => l.Work.IsCompleted && !l.Work.IsCompletedSuccessfully) ? null : _lanes.Find(l => l.Work.IsCompleted);
    }

    // Each lane has a shape of its own, which may keep what it parses.
    Lane Open(BulkSession session, bool owned)
    {
        var lane = new Lane(session, load.OpenWriter(session, load.Source.Bind(load.Plan.Table)), owned);
        // Lanes that are at work add up what all have sent.
        lock (_tallying)
            _lanes.Add(lane);
        return lane;
    }

    async Task WriteAsync(Lane lane, ChunkReader<T> chunks, RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        ChunkTiming timing;
        lock (_tallying)
            timing = tally.Start(chunk.Count);
        var fates = await ChunkCommit.WriteAsync(lane.Session, lane.Writer, chunk, load.Request.Options.Limits.Transaction,
            cancellationToken).ConfigureAwait(false);
        lock (_tallying)
        {
            tally.Committed(fates, chunk.Count);
            tally.Finish(timing, _lanes.Sum(l => l.Writer.Bytes));
            chunks.Return(chunk);
        }
    }

    async Task EndAsync()
    {
        var work = Task.WhenAll(_lanes.Select(l => l.Work));
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var lane in _lanes)
        {
            await lane.Writer.DisposeAsync().ConfigureAwait(false);
            if (lane.IsOwned)
                await lane.Session.DisposeAsync().ConfigureAwait(false);
        }
        await work.ConfigureAwait(false);
    }

    sealed class Lane(BulkSession session, ChunkWriter<T> writer, bool owned)
    {
        internal BulkSession Session => session;

        internal ChunkWriter<T> Writer => writer;

        internal bool IsOwned => owned;

        internal Task Work { get; private set; } = Task.CompletedTask;

        internal void Start(Func<Task> work) => Work = Task.Run(work);
    }
}
