using Sluice.Planning;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>The order of rows by the target's primary key.</summary>
/// <remarks>
/// Keys are compared as bytes that sort as their values do, text by code point. That need not be the server's collation: what counts
/// is that neighbours stay neighbours and that every writer uses the same order.
/// </remarks>
sealed class KeyOrder<T>
{
    readonly RowShape<T> _shape;
    readonly KeyEncoder _encoder;
    readonly KeySequence _sequence = new();
    readonly FieldWeights _weights = new();

    KeyOrder(RowShape<T> shape, KeyFields fields)
    {
        _shape = shape;
        _encoder = new KeyEncoder(fields);
    }

    /// <summary>The order that a plan asks for, or null where rows go as they come.</summary>
    internal static KeyOrder<T>? For(BulkPlan plan, RowShape<T> shape)
    {
        if (plan.Order is RowOrder.AsGiven)
            return null;
        return new KeyOrder<T>(shape, Fields(plan, shape));
    }

    /// <summary>The parts of a plan's key among the fields of rows.</summary>
    internal static KeyFields Fields(BulkPlan plan, RowShape<T> shape)
    {
        var parts = new int[shape.Fields.Count];
        var units = new long[plan.Key.Count];
        Array.Fill(parts, -1);
        var forms = new KeyForm[plan.Key.Count];
        for (var part = 0; part < plan.Key.Count; part++)
        {
            var column = plan.Columns.First(c => c.Target.Name == plan.Key[part].Name);
            parts[column.FieldIndex] = part;
            // Values of one type are numbers of one kind.
            if (column.Target.KeyForm is not KeyForm.Number || column.Field.ClrType == typeof(object))
                forms[part] = column.Target.KeyForm;
            units[part] = SecondFraction.Unit(plan.TickSize, column.Target.Type.Precision);
        }
        return new KeyFields(parts, forms) { TickSize = plan.TickSize, TimeUnits = units };
    }

    /// <summary>Whether rows continue, in key order, those that were asked about before.</summary>
    /// <remarks>A row whose key cannot be read counts as in order: the writer will refuse it with its number.</remarks>
    /// <param name="rows">The rows.</param>
    /// <param name="identities">Who takes the rows' identities, if they are wanted.</param>
    internal bool ComesInOrder(ReadOnlySpan<T> rows, KeyIdentities? identities = null)
    {
        _sequence.Start(identities);
        return !_encoder.TryEncode(_shape, rows, _sequence) || _sequence.IsInOrder;
    }

    /// <summary>About how many bytes rows hold.</summary>
    internal long Measure(ReadOnlySpan<T> rows)
    {
        _weights.Sum = 0;
        _encoder.TryEncode(_shape, rows, _weights);
        return _weights.Sum;
    }

    /// <summary>The places of rows in key order: element 0 is where the first row stands now.</summary>
    internal int[] Sort(ReadOnlySpan<T> rows)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        var prefixes = new KeyPrefixes(rows.Length);
        if (!_encoder.TryEncode(_shape, rows, prefixes))
            return places;

        var keys = prefixes.Keys;
        Array.Sort(keys, places);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            if (end - start > 1)
                SortTies(rows, places.AsSpan(start, end - start), prefixes.AreCut);
        }
        return places;
    }

    // Rows whose keys agree in the first 16 bytes are told apart by all of them, and rows of one key by their place.
    void SortTies(ReadOnlySpan<T> rows, Span<int> places, bool areCut)
    {
        places.Sort();
        if (!areCut)
            return;
        var keys = new byte[places.Length][];
        for (var i = 0; i < keys.Length; i++)
        {
            _encoder.TryEncode(_shape, rows.Slice(places[i], 1), use: null);
            keys[i] = _encoder.Whole.ToArray();
        }
        var ranked = places.ToArray();
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i], ByteOrder.Instance).ToArray();
        for (var i = 0; i < order.Length; i++)
            places[i] = ranked[order[i]];
    }
}

/// <summary>Byte strings from left to right, a prefix before what it begins.</summary>
sealed class ByteOrder : IComparer<byte[]>
{
    internal static ByteOrder Instance { get; } = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
