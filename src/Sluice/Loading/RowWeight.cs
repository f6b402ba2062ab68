using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>About how many bytes the fields of rows take.</summary>
sealed class FieldWeights : KeyUse
{
    internal long Sum { get; set; }

    internal override void Take(KeyEncoder row) => Sum += row.Weight;
}

/// <summary>About how much memory rows take, where it varies from row to row.</summary>
sealed class RowWeight<T>
{
    // Neighbours are alike: a few of a step's rows stand for all.
    const int Measured = 16;

    readonly RowSource<T> _source;
    readonly RowShape<T> _shape;
    readonly KeyEncoder _encoder;
    readonly FieldWeights _weights = new();

    RowWeight(RowSource<T> source, RowShape<T> shape)
    {
        _source = source;
        _shape = shape;
        _encoder = new KeyEncoder(KeyFields.None(shape.Fields.Count));
    }

    /// <summary>Null where every row takes the same few bytes, so that counting rows is enough.</summary>
    internal static RowWeight<T>? For(RowSource<T> source, RowShape<T> shape) =>
        source.BytesOf([]) is null && shape.Fields.All(f => IsSmall(f.ClrType)) ? null : new(source, shape);

    /// <summary>Whether the source says what its rows take, and reads no more of them at once than is reasonable.</summary>
    internal bool IsKnown => _source.BytesOf([]) is not null;

    internal long Of(ReadOnlySpan<T> rows)
    {
        if (_source.BytesOf(rows) is { } known)
            return known;
        var sample = rows[..Math.Min(rows.Length, Measured)];
        _weights.Sum = 0;
        _encoder.TryEncode(_shape, sample, _weights);
        return sample.IsEmpty ? 0 : _weights.Sum * rows.Length / sample.Length;
    }

    static bool IsSmall(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(Guid) || type == typeof(DateTime)
            || type == typeof(DateTimeOffset)
            || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(Int128)
                || type == typeof(UInt128);
    }
}
