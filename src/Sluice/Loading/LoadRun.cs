using System.Runtime.ExceptionServices;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>A load from first row to result: rows → chunks → writer → database → result.</summary>
/// <param name="engine">The database.</param>
/// <param name="named">The table, or null for the source's own.</param>
/// <param name="operation">What the rows do to the table.</param>
/// <param name="options">The caller's options.</param>
/// <param name="cancellationToken">Cancels the load.</param>
sealed class LoadRun(SessionSource engine, Table? named, Operation operation, BulkOptions options,
    CancellationToken cancellationToken) : IRowSourceVisitor<BulkResult>
{
    KeyMemory? _met;
    (long Read, long Kept) _before;

    public async Task<BulkResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs)
    {
        OptionCheck.Run(options);
        if (!operation.OnlyInserts && options.Duplicates == Duplicates.KeepLast)
            throw LoadProblems.LastOfGroups();
        if (operation is SyncOperation)
            throw LoadProblems.SyncOfGroups();
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var results = new List<BulkResult>();
        if (options.Commit != CommitPolicy.Atomic)
        {
            await RunAsync(engine).ConfigureAwait(false);
        }
        else
        {
            await using var disposal = (await engine.BeginWithinAsync(TransactionOptions.Default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var transaction);
            await RunAsync(transaction).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        return BulkResult.Sum(results, System.Diagnostics.Stopwatch.GetElapsedTime(begun)) with { Commits = options.Commit == CommitPolicy.Atomic ? 1 : results.Sum(r => r.Commits) };

        async Task RunAsync(SessionSource database)
        {
            // A key is remembered from one run to the next.
            var met = new KeyMemory();
            foreach (var run in runs)
            {
                var before = (results.Sum(r => r.Read), options.Commit != CommitPolicy.Atomic ? results.Sum(r => r.Loaded) : 0);
                results.Add(await new LoadRun(database, named, operation, options, cancellationToken) { _met = met, _before = before }.Visit(run).ConfigureAwait(false));
            }
        }
    }

    public async Task<BulkResult> Visit<T>(RowSource<T> source)
    {
        await using var sourceDisposal = source.ConfigureAwait(false);
        OptionCheck.Run(options);
        var target = named ?? source.Table ?? throw LoadProblems.SourceWithoutTable(source.Name);
        var tally = new LoadTally(source, options.Progress, _before);
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            if (await TryAtOnceAsync(source, target, session).ConfigureAwait(false) is { } done)
                return done;
            var (table, begun) = options.CreateTable
                ? await TargetTable.ReadOrCreateAsync(session, target, cancellationToken).ConfigureAwait(false)
                : (await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false), false);
            engine.Known.Remember(target, table);
            var shape = source.Bind(table);
            var request = new PlanRequest(source.Name, shape.Fields, table, options);
            var plan = await PlanRun.PlanAsync(session, request, operation, cancellationToken).ConfigureAwait(false);
            var forms = RowForms<T>.For(plan, source);
            var filter = DuplicateFilter<T>.For(plan, shape, source.Locate, options.Duplicates, _met);
            using var chunks = new ChunkReader<T>(source, KeyOrder<T>.For(plan, shape), plan.ChunkSize, filter,
                UnsetKeys<T>.For(plan, shape, source), forms, RowWeight<T>.For(source, shape));
            if (Lanes(plan, begun, filter is not null, session.IsNested) is > 1 and var count)
                await new Lanes<T>(engine, session, plan, source, OpenWriter, tally).WriteAsync(chunks, count,
                    cancellationToken).ConfigureAwait(false);
            else
                await WriteAsync(chunks, session, plan, shape, () => OpenWriter(session, shape), tally, begun).ConfigureAwait(false);
            tally.Dropped(chunks.Dropped);
            return tally.Prove(plan);

            ChunkWriter<T> OpenWriter(BulkSession on, RowShape<T> rows) => forms is null
                ? on.OpenWriter(plan, rows, options, source.Locate)
                : new FormWriter<T>(chunk => forms.PlanOf(on, request, operation, chunk) is var own ? (own, on.OpenWriter(own, rows, options, source.Locate)) : default);
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
            // The source failed, which does not know what became of its rows.
            failure.Keep(tally.Kept);
            throw;
        }
        catch (Exception failure) when (SourceFault.IsForeign(failure))
        {
            throw tally.Explain(SourceFault.Of(source, failure, read: 0), options);
        }
    }

    // A few rows of memory, for a table that was seen before: one statement that commits by itself. Whatever is wrong with them, and
    // whether the table has changed meanwhile, is left to the long way, which finds out.
    async Task<BulkResult?> TryAtOnceAsync<T>(RowSource<T> source, Table target, BulkSession session)
    {
        if (options.CreateTable || options.Parallelism != 1 || session.IsNested
            || source.CountInMemory is not (> 0 and <= MostAtOnce and var count) || count > options.ChunkSize.Rows
                || engine.Known.Find(target) is not { } table)
            return null;
        var tally = new LoadTally(source, options.Progress, _before);
        try
        {
            var shape = source.Bind(table);
            if (!engine.Known.TryPlanOf<T>(session.Dialect, table, operation.Usual, options, out var plan))
            {
                plan = PlanRun.PlanAtOnce(session, new PlanRequest(source.Name, shape.Fields, table, options), operation);
                engine.Known.Remember<T>(session.Dialect, table, operation.Usual, options, plan);
            }
            if (plan is null)
                return null;
            // One row has no order and no double.
            var unset = UnsetKeys<T>.For(plan, shape, source);
            using var chunks = count == 1
                ? new ChunkReader<T>(source, order: null, ChunkSize.Fixed(1), unset: unset)
                : new ChunkReader<T>(source, KeyOrder<T>.For(plan, shape), ChunkSize.Fixed(count),
                    DuplicateFilter<T>.For(plan, shape, source.Locate, options.Duplicates, isWhole: true), unset);
            // In one statement rows may take no more than in one chunk.
            if (await chunks.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk
                && (count == 1 || RowWeight<T>.For(source, shape)?.Of(chunk.Rows) is not > ChunkFill<T>.MostBytes))
            {
                var timing = tally.Start(chunk.Count);
                if (await session.TryWriteAtOnceAsync(plan, shape, chunk, cancellationToken).ConfigureAwait(false) is { } fates)
                {
                    tally.Committed(fates);
                    tally.Dropped(chunks.Dropped);
                    tally.Finish(timing, bytes: 0);
                    chunks.Return(chunk);
                    return tally.Prove(plan);
                }
            }
        }
        catch (LoadFault unknown) when (unknown.OutcomeUnknown)
        {
            throw tally.Explain(unknown, options);
        }
        catch (Exception refused) when (refused is BulkPlanException or LoadFault)
        {
            // As above.
        }
        source.Rewind();
        return null;
    }

    const int MostAtOnce = 3_000;

    // Two lanes may not touch one row: rows of one key must have been found, or be new.
    int Lanes(BulkPlan plan, bool begun, bool hasDistinctKeys, bool isNested)
    {
        if (options.Parallelism == 1)
            return 1;
        if (options.Parallelism < 1)
            throw LoadProblems.NoLane(options.Parallelism);
        if (begun)
            throw LoadProblems.NewTableInLanes();
        if (plan.Commit == CommitPolicy.Atomic)
            throw LoadProblems.OneTransactionInLanes();
        if (plan.Write?.RemoveOthers is not null || (plan.Write is { Statement: not { Inserts: true, CanUpdate: false, IgnoresConflicts: false } } && !hasDistinctKeys))
            throw LoadProblems.SameRowInLanes(plan);
        // One connection is all that a caller's transaction has.
        return isNested ? 1 : Math.Min(options.Parallelism, engine.MostWriters);
    }

    // The next chunk is read while the current one is written: a source on this thread and a writer on another work side by side.
    async Task WriteAsync<T>(
        ChunkReader<T> chunks, BulkSession session, BulkPlan plan, RowShape<T> shape, Func<ChunkWriter<T>> open, LoadTally tally, bool begun)
    {
        var chunk = await chunks.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (chunk is null && operation.RefusesNothing && plan.Write?.RemoveOthers is not null)
            throw LoadProblems.EmptySync(plan.Table);
        if (chunk is null && plan.Write?.RemoveOthers is null)
        {
            if (begun)
            {
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
                tally.Committed(default);
            }
            return;
        }

        await using var disposal = open().ConfigureAwait(false, out var writer);
        if (!begun && plan.Commit == CommitPolicy.Atomic)
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        while (chunk is not null)
        {
            var timing = tally.Start(chunk.Count);
            var writing = plan.Commit != CommitPolicy.Atomic
                ? WriteAndCommitAsync(session, writer, plan, shape, chunk, begun)
                : WriteAsync(writer, chunk);
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
            tally.Finish(timing, writer.Bytes);
            if (failure is not null)
            {
                // Where it is the same transaction's, a row that was sent before may have been refused only when reading needed the
                // connection.
                if (session.IsNested)
                    await writer.PauseAsync(cancellationToken).ConfigureAwait(false);
                failure.Throw();
            }
            chunks.Return(chunk);
            chunk = next;
            begun = false;
        }
        if (plan.Commit == CommitPolicy.Atomic)
            tally.Committed(await CommitAsync(session, writer).ConfigureAwait(false));
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

    async Task<RowFates?> WriteAsync<T>(ChunkWriter<T> writer, RowChunk<T> chunk)
    {
        await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        return null;
    }

    async Task<RowFates?> WriteAndCommitAsync<T>(BulkSession session, ChunkWriter<T> writer, BulkPlan plan, RowShape<T> shape,
        RowChunk<T> chunk, bool begun)
    {
        if (!begun)
        {
            // What is refused so is done again in a transaction, which finds out why.
            if (plan.Write is { RemoveOthers: null } && !session.IsNested
                && await session.TryWriteAtOnceAsync(writer is FormWriter<T> forms ? forms.PlanOf(chunk) : plan, shape, chunk,
                    cancellationToken).ConfigureAwait(false) is { } fates)
                return fates;
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        }
        await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(session, writer).ConfigureAwait(false);
    }

    async Task<RowFates> CommitAsync<T>(BulkSession session, ChunkWriter<T> writer)
    {
        var stored = await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        return stored;
    }
}
