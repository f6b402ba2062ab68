using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Writing;

namespace Sluice.Loading;

/// <summary>An insert that hands each row back with the value that the database gave it, in the order of the source.</summary>
sealed class ReturningLoad<T, TValue>(Database engine, RowSource<T> source, Column<TValue> column, BulkOptions options)
{
    internal async IAsyncEnumerable<(T Row, TValue Value, RowAction Action)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var sourceDisposal = source.ConfigureAwait(false);
        var target = source.Table ?? throw Throw.SourceWithoutTable(source.Name);
        var tally = new LoadTally(source, options.Progress);
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
        var shape = source.Bind(table);
        var plan = session.PlanInsert(new PlanRequest(source.Name, shape.Fields, table, options));
        if (!table.TryGetColumn(column.Name, out var returned))
            throw Throw.UnknownColumns(table, source.Name, [(column.Name, ClosestName.Find(column.Name, table.Columns.Select(c => c.Name)))]);
        using var chunks = new ChunkReader<T>(source, order: null, plan.ChunkSize);
        await using var writerDisposal = session.OpenReturning<T, TValue>(plan, shape, returned, source.Locate).ConfigureAwait(false, out var writer);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        while (await chunks.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
        {
            var timing = tally.Start(chunk.Count);
            var values = await WriteAsync(session, writer, plan, chunk, tally, cancellationToken).ConfigureAwait(false);
            tally.Finish(timing, 0);
            for (var i = 0; i < chunk.Count; i++)
                yield return (chunk.Rows[i], values[i], RowAction.Inserted);
            chunks.Return(chunk);
        }
        await CommitAsync(session, tally, cancellationToken).ConfigureAwait(false);
    }

    async Task<IReadOnlyList<TValue>> WriteAsync(
        BulkSession session, ReturningWriter<T, TValue> writer, BulkPlan plan, RowChunk<T> chunk, LoadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var values = await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            if (plan.Commit is CommitPolicy.PerChunk)
            {
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
                tally.Committed(new RowFates(chunk.Count));
                await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            }
            return values;
        }
        catch (LoadFault fault)
        {
            throw tally.Explain(fault, options);
        }
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
