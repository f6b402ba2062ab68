using System.Diagnostics;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>Counts a load's rows by fate, keeps its times, and proves the result.</summary>
/// <param name="source">The rows.</param>
/// <param name="progress">Told after every chunk.</param>
/// <param name="before">Of a call that is several loads: the rows that earlier ones read, and those of them that are lasting.</param>
sealed class LoadTally(RowSource source, IProgress<BulkProgress>? progress, (long Read, long Kept) before = default)
{
    readonly long _begun = Stopwatch.GetTimestamp();
    readonly List<ChunkTiming> _timings = [];
    long _sent;
    long _sentAtCommit;
    RowFates _fates;
    long _skipped;
    long _dropped;
    long _bytes;
    int _commits;

    TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    internal ChunkTiming Start(int rows)
    {
        _sent += rows;
        return new ChunkTiming(rows, Elapsed, TimeSpan.Zero);
    }

    internal void Finish(ChunkTiming timing, long bytes)
    {
        _timings.Add(timing with { Duration = Elapsed - timing.Start });
        _bytes = bytes;
        progress?.Report(new BulkProgress(_sent + _dropped, _sent, _fates.Loaded, _timings.Count, _bytes, Elapsed, source.Progress));
    }

    /// <summary>Counts rows that a policy left out before they were sent.</summary>
    internal void Dropped(long rows) => _dropped = rows;

    /// <summary>Counts what a transaction made lasting; what was sent but not stored was suppressed by the database.</summary>
    /// <param name="fates">As the database counted them.</param>
    /// <param name="rows">The rows that were sent in the transaction; null for all since the last one.</param>
    internal void Committed(RowFates fates, long? rows = null)
    {
        var sent = rows ?? _sent - _sentAtCommit;
        _fates += fates;
        _skipped += Math.Max(0, sent - fates.Loaded);
        _sentAtCommit += sent;
        _commits++;
    }

    /// <summary>The result, once every row that was read is accounted for.</summary>
    /// <exception cref="BulkException">The counts do not add up.</exception>
    internal BulkResult Prove(BulkPlan plan)
    {
        var result = new BulkResult
        {
            Read = _sent + _dropped,
            Inserted = _fates.Inserted,
            Updated = _fates.Updated,
            Deleted = _fates.Deleted,
            Unchanged = _fates.Unchanged,
            Removed = _fates.Removed,
            Skipped = _skipped + _dropped,
            Remaining = _sent - _sentAtCommit,
            Commits = _commits,
            Bytes = _bytes,
            Elapsed = Elapsed,
            Plan = plan,
            ChunkTimings = _timings,
        };
        return result.IsBalanced ? result : throw LoadProblems.Unbalanced(result);
    }

    /// <summary>A failure of a load as the caller sees it, with what was kept; null where it says that itself.</summary>
    internal Exception? Tell(Exception failure, BulkOptions options, CancellationToken cancellationToken)
    {
        switch (failure)
        {
            case LoadFault fault:
                return Explain(fault, options);
            case OperationCanceledException cancelled:
                return Explain(cancelled, options.Commit, cancellationToken);
            case BulkException { RowsKept: 0 } silent when Kept > 0:
                // The source failed, which does not know what became of its rows.
                silent.Keep(Kept);
                return null;
            default:
                return SourceFault.IsForeign(failure) ? Explain(SourceFault.Of(source, failure, read: 0), options) : null;
        }
    }

    /// <summary>A fault as the caller sees it: with the row's number, the remedy, and what was kept.</summary>
    internal BulkException Explain(LoadFault fault, BulkOptions options)
    {
        // A row that was found at fault before it was sent was read all the same.
        var read = Math.Max(_sent + _dropped, Math.Max((fault.RowOrdinal ?? -1) + 1, fault.RowsRead) - before.Read);
        progress?.Report(new BulkProgress(read, _sent, _fates.Loaded, _timings.Count, _bytes, Elapsed, source.Progress));
        var kept = fault.OutcomeUnknown
            ? Sluice.Kept.InDoubt(_sent - _sentAtCommit, Kept)
            : WhatWasKept(options.Commit, before.Read + read);
        var failure = fault.ToFailure(kept, fault.IsRow, options.IncludeValues);
        return fault.IsRow
            ? new BulkRowException(failure, fault.InnerException) { RowsKept = Kept }
            : new BulkException(failure, fault.InnerException) { RowsKept = Kept, RowsInDoubt = fault.OutcomeUnknown ? _sent - _sentAtCommit : 0 };
    }

    /// <summary>A cancellation as the caller sees it: with what was kept.</summary>
    internal OperationCanceledException Explain(OperationCanceledException cancelled, CommitPolicy commit,
        CancellationToken cancellationToken) => new(
        $"The load was cancelled. {WhatWasKept(commit, before.Read + _sent + _dropped)}",
        cancelled,
        cancellationToken.IsCancellationRequested ? cancellationToken : cancelled.CancellationToken);

    /// <summary>Rows that are lasting, whatever becomes of the others.</summary>
    internal long Kept => before.Kept + _fates.Loaded;

    Kept WhatWasKept(CommitPolicy commit, long read) => Sluice.Kept.OfLoad(read, commit != CommitPolicy.Atomic ? Kept : 0);
}
