using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>A few rows of memory, for a table that was seen before: one statement that commits by itself.</summary>
static class AtOnceLoad
{
    const int MostRows = 3_000;

    /// <returns>
    /// The result; or null, with the source at its beginning, where the rows are not for this way. Whatever is wrong with them, and whether
    /// the table has changed meanwhile, is left to the long way, which finds out.
    /// </returns>
    internal static async Task<BulkResult?> TryAsync<T>(LoadRequest request, BulkSession session, RowSource<T> source,
        CancellationToken cancellationToken)
    {
        var options = request.Options;
        if (options.CreateTable || options.Parallelism != 1 || session.IsNested
            || source.CountInMemory is not (> 0 and <= MostRows and var count) || count > options.ChunkSize.Rows
            || request.Sessions.Known.Find(request.TargetOf(source)) is not { } table)
            return null;
        var tally = new LoadTally(source, options.Progress, request.Before);
        try
        {
            if (PreparedLoad<T>.OfKnown(request, session, source, table) is not { } load)
                return null;
            if (await TryWriteAsync(load, count, tally, cancellationToken).ConfigureAwait(false))
                return tally.Prove(load.Plan);
        }
        catch (LoadFault unknown) when (unknown.OutcomeUnknown)
        {
            throw tally.Explain(unknown, options);
        }
        catch (Exception refused) when (refused is BulkPlanException or LoadFault)
        {
            // What is wrong with the table or with a row may have been mended by a change of the table.
        }
        source.Rewind();
        return null;
    }

    static async Task<bool> TryWriteAsync<T>(PreparedLoad<T> load, int count, LoadTally tally, CancellationToken cancellationToken)
    {
        using var chunks = load.OpenOneChunk(count);
        // In one statement rows may take no more than in one chunk.
        if (await chunks.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } chunk
            || (count > 1 && RowWeight<T>.For(load.Source, load.Shape)?.Of(chunk.Rows) is > ChunkFill<T>.MostBytes))
            return false;
        var timing = tally.Start(chunk.Count);
        if (await load.Session.TryWriteAtOnceAsync(load.Plan, load.Shape, chunk, cancellationToken).ConfigureAwait(false) is not { } done)
            return false;
        tally.Committed(done.Fates);
        tally.Dropped(chunks.Dropped);
        tally.Finish(timing, done.Bytes);
        chunks.Return(chunk);
        return true;
    }
}
