using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Runs the statement that inserts rows of defaults.</summary>
static class DefaultsRun
{
    /// <summary>Runs a statement for as many rows as there are; a row that the server refuses is found by running it for fewer.</summary>
    internal static Task<TResult> RunAsync<T, TResult>(
        ServerSession session, RowChunk<T> chunk, RowLocator<T> locate, Func<int, Task<TResult>> run, CancellationToken cancellationToken)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            if (chunk.Rows[i] is null)
                throw LoadFault.NullRow(chunk.OrdinalOf(i), location: null);
        }
        return RefusedRow.RunAsync(session, chunk.Count, run,
            (fault, before) => fault.At(chunk.OrdinalOf(before), locate(chunk.Rows[before])), cancellationToken);
    }
}

/// <summary>Inserts rows of defaults.</summary>
sealed class DefaultsWriter<T>(ServerSession session, BulkPlan plan, RowLocator<T> locate) : ChunkWriter<T>
{
    RowFates _fates;

    public override long Bytes => 0;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        _fates += new RowFates(await DefaultsRun.RunAsync(
            session,
            chunk,
            locate,
            count =>
                session.ExecuteAsync(plan.Rendered[0] with { Parameters = [new SqlParameter(count, SqlType.Integer)] },
                    cancellationToken),
            cancellationToken).ConfigureAwait(false));

    public override ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        var fates = _fates;
        _fates = default;
        return new(fates);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>
/// Inserts rows of defaults and hands back what they became. Nothing tells the rows that were sent apart, so any order is theirs.
/// </summary>
sealed class DefaultsReturningWriter<T, TValue>(ServerSession session, BulkPlan plan, ReturningRequest<TValue> returning,
    RowLocator<T> locate) : ReturningWriter<T, TValue>
{
    readonly string _text = DefaultRows.Statement(plan.Table) + " RETURNING " + string.Join(", ",
        returning.Columns.Select(c => PostgresNames.Quote(c.Name)));

    public override async ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        var values = await DefaultsRun.RunAsync(
            session,
            chunk,
            locate,
            count =>
                session.QueryAsync(new RenderedStatement(_text, [new SqlParameter(count, SqlType.Integer)]), returning.Shape,
                    cancellationToken),
            cancellationToken).ConfigureAwait(false);
        var outcomes = new RowOutcome<TValue>[chunk.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = i < values.Count ? new(RowAction.Inserted, values[i]) : new(RowAction.Skipped, default!);
        return outcomes;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
