using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>Rows with their key behind their columns, of which the last row's and the one's after it are kept.</summary>
/// <param name="shape">What rows become.</param>
/// <param name="keys">The columns of the key.</param>
/// <param name="rows">The rows of a page; the query gives one more where there is one.</param>
sealed class KeyedShape<T>(ResultShape<T> shape, int keys, int rows) : ResultShape<T>
{
    int _first;
    int _read;

    /// <summary>The key of the page's last row, where the page is full.</summary>
    internal object?[]? Last { get; private set; }

    /// <summary>The key of the row after it, where there is one.</summary>
    internal object?[]? Next { get; private set; }

    public override void Bind(IReadOnlyList<string> columns)
    {
        _first = columns.Count - keys;
        shape.Bind([.. columns.Take(_first)]);
    }

    public override T Read<TReader>(ref TReader reader)
    {
        Keep(ref reader);
        return shape.Read(ref reader);
    }

    public override RowMaker<T, TReader> Maker<TReader>()
    {
        var make = shape.Maker<TReader>();
        return (ref reader) =>
        {
            Keep(ref reader);
            return make(ref reader);
        };
    }

    void Keep<TReader>(ref TReader reader)
        where TReader : struct, IRowReader
    {
        _read++;
        if (_read == rows)
            Last = Key(ref reader);
        else if (_read > rows)
            Next = Key(ref reader);
    }

    object?[] Key<TReader>(ref TReader reader)
        where TReader : struct, IRowReader
    {
        var key = new object?[keys];
        for (var i = 0; i < keys; i++)
            key[i] = reader.IsNull(_first + i) ? null : reader.Get<object>(_first + i);
        return key;
    }
}
