using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// Inserts rows by COPY with numbers that were taken from the column's sequence before, so that each row's number is known and not guessed
/// by order.
/// </summary>
sealed class NumberedWriter<T, TValue> : ReturningWriter<T, TValue>
{
    readonly ServerSession _session;
    readonly RowNumbers _numbers = new();
    readonly PostgresWriter<T> _copy;
    readonly RenderedStatement _take;
    RowOutcome<TValue>[] _outcomes = [];

    internal NumberedWriter(ServerSession session, BulkPlan plan, RowShape<T> shape, Column column, RowLocator<T> locate)
    {
        _session = session;
        var numbered = new NumberedShape<T>(shape, column);
        _take = SequenceNumbers.Taking(plan.Table, column);
        PlanColumn[] columns = [.. plan.Columns.OrderBy(c => c.FieldIndex), new PlanColumn(numbered.Fields[^1], shape.Fields.Count, column)];
        _copy = ChunkWriters.OpenCopy(session, PostgresPlanner.PlanCopy(plan, plan.Table, columns), numbered, locate, _numbers);
        _copy.Confirms = true;
    }

    public override async ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        var numbers = await SequenceNumbers.TakeAsync(_session, _take, chunk.Count, cancellationToken).ConfigureAwait(false);
        _numbers.Start(numbers);
        await _copy.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        // The COPY ends with the chunk: its rows are handed out as inserted, and the next numbers need the connection.
        await _copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (_outcomes.Length != chunk.Count)
            _outcomes = new RowOutcome<TValue>[chunk.Count];
        for (var i = 0; i < _outcomes.Length; i++)
            _outcomes[i] = new(RowAction.Inserted, SequenceNumbers.As<TValue>(numbers[i]));
        return _outcomes;
    }

    public override ValueTask DisposeAsync() => _copy.DisposeAsync();
}
