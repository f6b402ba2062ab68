using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Writes chunks over several connections side by side, each chunk in a transaction of its own.</summary>
/// <remarks>
/// The source is read by one; whichever connection is free takes the next chunk. Chunks have no key in common, so none waits for another's
/// rows.
/// </remarks>
sealed class Lanes<T>(SessionSource engine, BulkSession first, BulkPlan plan, RowSource<T> source, Func<BulkSession, RowShape<T>,
    ChunkWriter<T>> open, LoadTally tally, TransactionOptions transaction)
{
    readonly List<Lane> _lanes = [];
    readonly Lock _tallying = new();

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
            return Open(first, owned: false);
        if (_lanes.Count < count && _lanes.TrueForAll(l => !l.Work.IsCompleted))
            return Open(await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false), owned: true);
        await Task.WhenAny(_lanes.Select(l => l.Work)).ConfigureAwait(false);
        return _lanes.Exists(l => l.Work.IsCompleted && !l.Work.IsCompletedSuccessfully) ? null : _lanes.Find(l => l.Work.IsCompleted);
    }

    // Each lane has a shape of its own, which may keep what it parses.
    Lane Open(BulkSession session, bool owned)
    {
        var lane = new Lane(session, open(session, source.Bind(plan.Table)), owned);
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
        await lane.Session.BeginAsync(transaction, cancellationToken).ConfigureAwait(false);
        await lane.Writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        var fates = await lane.Writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await lane.Session.CommitAsync(cancellationToken).ConfigureAwait(false);
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
