using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Schema;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Writing;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>Inserts rows with numbers that were taken from the column's sequence before, so that each row's number is known and not guessed by order.</summary>
/// <remarks>Every number is taken by nextval, which no other writer is given again; a block of them could not be reserved without a lock.</remarks>
sealed class NumberedWriter<T, TValue>(PostgresSession session, BulkPlan plan, RowShape<T> shape, Column column, RowLocator<T> locate) : ReturningWriter<T, TValue>
{
    readonly ArrayColumns<T> _arrays = new(plan, shape);

    public override async ValueTask<IReadOnlyList<TValue>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _arrays.Clear();
        try
        {
            _arrays.Add(chunk.Rows);
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, _arrays.Count, _arrays.Field, locate);
        }
        var numbers = await TakeAsync(chunk.Count, cancellationToken).ConfigureAwait(false);
        await RefusedRow.RunAsync(
            session, chunk.Count, rows => InsertAsync(numbers, rows, cancellationToken), (fault, before) => fault.At(chunk.OrdinalOf(before), locate(chunk.Rows[before])), cancellationToken)
            .ConfigureAwait(false);
        return [.. numbers.Select(number => (TValue)Convert.ChangeType(number, typeof(TValue), System.Globalization.CultureInfo.InvariantCulture))];
    }

    async Task<long[]> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var table = PostgresNames.Quote(plan.Table.Name, plan.Table.Schema);
        var take = Text($"SELECT nextval(pg_get_serial_sequence({table}, {column.Name})::regclass) FROM generate_series(1, {count})");
        var numbers = await session.QueryAsync(session.Dialect.Render(take), new NumbersShape(), cancellationToken).ConfigureAwait(false);
        return [.. numbers.Select(n => n[0])];
    }

    Task<long> InsertAsync(long[] numbers, int rows, CancellationToken cancellationToken)
    {
        var source = _arrays.Take(rows, ArrayColumns.Of(column, numbers.Take(rows).Select(Narrowed)));
        var columns = plan.Columns.Select(c => c.Target).Append(column).ToArray();
        var insert = InsertInto(plan.Table).Columns(columns).OverridingSystemValue().Select(Select([.. columns.Select(c => source[c.Name].As(c.Name))]).From(source));
        return session.ExecuteAsync(session.Dialect.Render(insert), cancellationToken);
    }

    object? Narrowed(long number) => column.Type.Kind switch
    {
        SqlTypeKind.SmallInt => checked((short)number),
        SqlTypeKind.Integer => checked((int)number),
        _ => number,
    };

    public override ValueTask DisposeAsync()
    {
        _arrays.Dispose();
        return ValueTask.CompletedTask;
    }
}
