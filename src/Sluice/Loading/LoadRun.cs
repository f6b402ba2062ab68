using System.Runtime.ExceptionServices;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>A load from first row to result: rows → plan → chunks → writer → database → result.</summary>
sealed class LoadRun(LoadRequest request, CancellationToken cancellationToken) : IRowSourceVisitor<BulkResult>
{
    public async Task<BulkResult> Visit<T>(RowSource<T> source)
    {
        await using var sourceDisposal = source.ConfigureAwait(false);
        request.Check(source);
        var tally = new LoadTally(source, request.Options.Progress, request.Before);
        await using var disposal = (await request.Sessions.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            if (await AtOnceLoad.TryAsync(request, session, source, cancellationToken).ConfigureAwait(false) is { } done)
                return done;
            var load = await PreparedLoad<T>.FindAsync(request, session, source, creates: true, cancellationToken).ConfigureAwait(false);
            using var chunks = load.OpenChunks();
            if (Lanes<T>.CountFor(load) is > 1 and var lanes)
                await new Lanes<T>(load, tally).WriteAsync(chunks, lanes, cancellationToken).ConfigureAwait(false);
            else
                await WriteAsync(load, chunks, tally).ConfigureAwait(false);
            tally.Dropped(chunks.Dropped);
            return tally.Prove(load.Plan);
        }
        catch (Exception failure)
        {
            if (tally.Tell(failure, request.Options, cancellationToken) is { } told)
                throw told;
            throw;
        }
    }

    public Task<BulkResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => new GroupedLoad(request, cancellationToken).RunAsync(runs);

    // The next chunk is read while the current one is written: a source on this thread and a writer on another work side by side.
    async Task WriteAsync<T>(PreparedLoad<T> load, ChunkReader<T> chunks, LoadTally tally)
    {
        var chunk = await chunks.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (chunk is null && await EndsEmptyAsync(load, tally).ConfigureAwait(false))
            return;
        await using var disposal = load.OpenWriter(load.Session, load.Shape).ConfigureAwait(false, out var writer);
        var commit = new ChunkCommit<T>(load, writer);
        await commit.BeginAsync(cancellationToken).ConfigureAwait(false);
        while (chunk is not null)
        {
            var timing = tally.Start(chunk.Count);
            var writing = commit.WriteAsync(chunk, cancellationToken);
            var (next, failure) = await TryReadAsync(chunks).ConfigureAwait(false);
            try
            {
                // Also where reading failed: what this chunk committed is told before the failure is.
                if (await writing.ConfigureAwait(false) is { } committed)
                    tally.Committed(committed);
            }
            catch (LoadFault fault) when (failure is not null && fault.IsAftermath)
            {
                // The rows come from the same transaction, in which reading them failed first.
            }
            tally.Finish(timing, commit.Bytes);
            if (failure is not null)
            {
                // Where it is the same transaction's, a row that was sent before may have been refused only when reading needed the
                // connection.
                if (load.Session.IsNested)
                    await writer.PauseAsync(cancellationToken).ConfigureAwait(false);
                failure.Throw();
            }
            chunks.Return(chunk);
            chunk = next;
        }
        if (await commit.EndAsync(cancellationToken).ConfigureAwait(false) is { } all)
            tally.Committed(all);
    }

    // Without a row there is nothing to write, unless all of the table's are to go, or it is new and is kept.
    async Task<bool> EndsEmptyAsync<T>(PreparedLoad<T> load, LoadTally tally)
    {
        if (load.Plan.Write is { RemovesOthers: true })
            return request.Operation.RefusesNothing ? throw LoadProblems.EmptySync(load.Plan.Table) : false;
        if (load.HasBegun)
        {
            await load.Session.CommitAsync(cancellationToken).ConfigureAwait(false);
            tally.Committed(default);
        }
        return true;
    }

    async Task<(RowChunk<T>? Chunk, ExceptionDispatchInfo? Failure)> TryReadAsync<T>(ChunkReader<T> chunks)
    {
        try
        {
            return (await chunks.ReadAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception failure)
        {
            return (null, ExceptionDispatchInfo.Capture(failure));
        }
    }
}
