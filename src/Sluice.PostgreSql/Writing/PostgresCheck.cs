using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Encodes rows as the writer of a plan does, and lets go of the bytes.</summary>
static class PostgresCheck
{
    internal static RowCheck<T> Of<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate)
    {
        var columns = plan.Columns;
        // Rows that are staged go by COPY, whichever form their columns need.
        var copy = plan.Path as CopyPath
            ?? (plan.Path is StagedPath ? (CopyPath)PostgresPlanner.PlanCopy(plan, plan.Table, columns).Path : null);
        IReadOnlyList<string> unread = copy?.Format switch
        {
            CopyFormat.Text => [.. columns.Where(c => c.Field.IsParsed && !Fit.ReadsText(c.Target.Type.Kind)).Select(c => c.Target.Name)],
            CopyFormat.Driver => [.. columns.Where(c => !Fit.Encodes(c)).Select(c => c.Target.Name)],
            _ => [],
        };
        return new PostgresCheck<T>(RowEncoder<T>.Of(plan, copy?.Format, shape), plan, shape, locate, unread);
    }
}

/// <inheritdoc cref="PostgresCheck"/>
sealed class PostgresCheck<T>(RowEncoder<T> encoder, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate,
    IReadOnlyList<string> unread) : RowCheck<T>
{
    public override IReadOnlyList<string> Unread => unread;

    public override ValueTask<RowRefusal?> FindAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        encoder.Clear();
        try
        {
            encoder.Encode(chunk.Rows);
            return new((RowRefusal?)null);
        }
        catch (ValueException refused)
        {
            return new(new RowRefusal(encoder.Ended, LoadFault.From(refused, plan, shape, chunk, encoder.Ended, encoder.Field, locate)));
        }
    }

    public override ValueTask DisposeAsync()
    {
        encoder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>An encoder of rows, whichever form the rows take.</summary>
abstract class RowEncoder<T> : IDisposable
{
    internal static RowEncoder<T> Of(BulkPlan plan, CopyFormat? format, RowShape<T> shape) => (plan.Path, format) switch
    {
        (DefaultRowsPath, _) => new NoRows<T>(),
        (_, CopyFormat.Binary) => new BinaryRows<T>(plan, shape),
        (_, CopyFormat.Text) => new TextRows<T>(plan, shape),
        (_, CopyFormat.Driver) => new DriverRows<T>(plan, shape),
        _ => new ArrayRows<T>(plan, shape),
    };

    /// <summary>Rows that were encoded since the last clearing.</summary>
    internal abstract int Ended { get; }

    /// <summary>The field at hand, for messages.</summary>
    internal abstract int Field { get; }

    internal abstract void Clear();

    /// <exception cref="ValueException">A value does not fit its column.</exception>
    internal abstract void Encode(ReadOnlySpan<T> rows);

    public abstract void Dispose();
}

sealed class NoRows<T> : RowEncoder<T>
{
    internal override int Ended => 0;

    internal override int Field => 0;

    internal override void Clear()
    {
    }

    internal override void Encode(ReadOnlySpan<T> rows)
    {
    }

    public override void Dispose()
    {
    }
}

sealed class BinaryRows<T>(BulkPlan plan, RowShape<T> shape) : RowEncoder<T>
{
    // Let go of now and then, as a writer sends them.
    const int BlockRows = 256;

    readonly CopyEncoder _encoder = new(Slot.For(plan, shape.Fields.Count));
    int _before;

    internal override int Ended => _before + _encoder.Ended;

    internal override int Field => _encoder.Field;

    internal override void Clear()
    {
        _before = 0;
        _encoder.StartBlock();
    }

    internal override void Encode(ReadOnlySpan<T> rows)
    {
        for (; !rows.IsEmpty; rows = rows[Math.Min(BlockRows, rows.Length)..])
        {
            _encoder.Clear();
            shape.Write(rows[..Math.Min(BlockRows, rows.Length)], ref _encoder.Sink);
            _before += _encoder.Ended;
            _encoder.StartBlock();
        }
    }

    public override void Dispose() => _encoder.Dispose();
}

sealed class TextRows<T>(BulkPlan plan, RowShape<T> shape) : RowEncoder<T>
{
    readonly TextCopyEncoder _encoder = new(Slot.For(plan, shape.Fields.Count));

    internal override int Ended => _encoder.Ended;

    internal override int Field => _encoder.Field;

    internal override void Clear()
    {
        _encoder.Clear();
        _encoder.StartBlock();
    }

    internal override void Encode(ReadOnlySpan<T> rows) => shape.Write(rows, ref _encoder.Sink);

    public override void Dispose() => _encoder.Dispose();
}

sealed class DriverRows<T>(BulkPlan plan, RowShape<T> shape) : RowEncoder<T>
{
    readonly ValueCollector _collector = new(Slot.For(plan, shape.Fields.Count));
    int _ended;

    internal override int Ended => _ended;

    internal override int Field => _collector.Field;

    internal override void Clear() => _ended = 0;

    internal override void Encode(ReadOnlySpan<T> rows)
    {
        for (var i = 0; i < rows.Length; i++, _ended++)
            shape.Write(rows.Slice(i, 1), ref _collector.Sink);
    }

    public override void Dispose() => _collector.Dispose();
}

sealed class ArrayRows<T>(BulkPlan plan, RowShape<T> shape) : RowEncoder<T>
{
    readonly ArrayColumns<T> _arrays = new(plan, shape);

    internal override int Ended => _arrays.Count;

    internal override int Field => _arrays.Field;

    internal override void Clear() => _arrays.Clear();

    internal override void Encode(ReadOnlySpan<T> rows) => _arrays.Add(rows);

    public override void Dispose() => _arrays.Dispose();
}
