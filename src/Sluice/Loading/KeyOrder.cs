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

    KeyOrder(RowShape<T> shape, KeyEncoder encoder)
    {
        _shape = shape;
        _encoder = encoder;
    }

    /// <summary>The order that a plan asks for, or null where rows go as they come.</summary>
    internal static KeyOrder<T>? For(BulkPlan plan, RowShape<T> shape)
    {
        if (plan.Order is RowOrder.AsGiven)
            return null;
        return new KeyOrder<T>(shape, Encoder(plan, shape));
    }

    internal static KeyEncoder Encoder(BulkPlan plan, RowShape<T> shape)
    {
        var parts = new int[shape.Fields.Count];
        var units = new long[plan.Key.Count];
        Array.Fill(parts, -1);
        var forms = new KeyForm[plan.Key.Count];
        for (var part = 0; part < plan.Key.Count; part++)
        {
            var column = plan.Columns.First(c => c.Target.Name == plan.Key[part].Name);
            parts[column.FieldOrdinal] = part;
            // Values of one type are numbers of one kind.
            if (column.Target.KeyForm is not KeyForm.Number || column.Field.ClrType == typeof(object))
                forms[part] = column.Target.KeyForm;
            units[part] = SecondFraction.Unit(plan.TickSize, column.Target.Type.Precision);
        }
        return new KeyEncoder(parts, forms, plan.Write is { NullsEqual: true }) { TickSize = plan.TickSize, TimeUnits = units };
    }

    /// <summary>Whether rows continue, in key order, those that were asked about before.</summary>
    /// <remarks>A row whose key cannot be read counts as in order: the writer will refuse it with its number.</remarks>
    /// <param name="rows">The rows.</param>
    /// <param name="identities">Where each row's identity goes, if it is wanted.</param>
    internal bool ComesInOrder(ReadOnlySpan<T> rows, UInt128?[]? identities = null)
    {
        _encoder.StartCheck(identities);
        return !TryEncode(rows) || _encoder.InOrder;
    }

    /// <summary>About how many bytes rows hold.</summary>
    internal long Measure(ReadOnlySpan<T> rows)
    {
        _encoder.StartMeasure();
        TryEncode(rows);
        return _encoder.Measured;
    }

    /// <summary>The places of rows in key order: element 0 is where the first row stands now.</summary>
    internal int[] Sort(ReadOnlySpan<T> rows)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        var keys = new UInt128[rows.Length];
        _encoder.StartKeys(keys);
        if (!TryEncode(rows))
            return places;

        var inexact = _encoder.Inexact;
        Array.Sort(keys, places);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            if (end - start > 1)
                SortTies(rows, places.AsSpan(start, end - start), inexact);
        }
        return places;
    }

    // Rows whose keys agree in the first 16 bytes are told apart by all of them, and rows of one key by their place.
    void SortTies(ReadOnlySpan<T> rows, Span<int> places, bool inexact)
    {
        places.Sort();
        if (!inexact)
            return;
        var keys = new byte[places.Length][];
        for (var i = 0; i < keys.Length; i++)
        {
            _encoder.StartKeys([default]);
            _shape.Write(rows.Slice(places[i], 1), ref _encoder.Sink);
            keys[i] = _encoder.WholeKey.ToArray();
        }
        var ranked = places.ToArray();
        var order = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i], ByteOrder.Instance).ToArray();
        for (var i = 0; i < order.Length; i++)
            places[i] = ranked[order[i]];
    }

    bool TryEncode(ReadOnlySpan<T> rows)
    {
        try
        {
            _shape.Write(rows, ref _encoder.Sink);
            return true;
        }
        catch (ValueException)
        {
            return false;
        }
    }
}
