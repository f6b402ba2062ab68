using System.Globalization;
using System.Numerics;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Holds one row's values as objects of the types that the driver expects for its columns.</summary>
sealed class ValueCollector : IDisposable
{
    readonly Slot[] _slots;
    CopyEncoder? _check;
    readonly List<object?> _values = [];
    int _field;

    /// <summary>Whether a time with more digits than its column keeps is refused.</summary>
    internal bool ExactTimes { get; init; }

    internal ValueCollector(Slot[] slots)
    {
        _slots = slots;
        Sink = new CollectorSink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal CollectorSink Sink;

    /// <summary>The numbers that each row gets behind its own values, if any.</summary>
    internal RowNumbers? Numbers { get; init; }

    internal IReadOnlyList<object?> Values => _values;

    internal int Field => _field - 1;

    internal void BeginRow()
    {
        _field = 0;
        _values.Clear();
    }

    internal bool TrySkip()
    {
        if (_slots[_field].IsWritten)
            return false;
        _field++;
        return true;
    }

    internal void Add(object? value)
    {
        var slot = _slots[_field++];
        if (slot.IsWritten)
            _values.Add(value is null ? null : Convert(slot, value));
    }

    /// <summary>The value as the driver expects it for a column.</summary>
    /// <exception cref="ValueException">The column cannot hold it, or the driver has no type for it.</exception>
    object Convert(in Slot slot, object value) =>
        Exactly(slot, value) is var exact && exact is string && slot.Kind is SqlTypeKind.Numeric
            ? throw ValueProblems.NotADecimal(slot)
            : exact;

    /// <summary>The value as the driver expects it for a column, or the text of a numeric one that a decimal does not hold.</summary>
    /// <exception cref="ValueException">The column cannot hold it.</exception>
    // The rules are the encoder's, which the driver does not have: it would store whatever bytes the server takes for another type.
    internal object Exactly(in Slot slot, object value)
    {
        if (slot.Kind is SqlTypeKind.Other or SqlTypeKind.Array || Fit.IsDriversOwn(value.GetType()))
            return value;
        if (slot.Kind is SqlTypeKind.Enum && value is Enum named && !EnumLabels.IsKnown(slot.Type!, named))
            return value;
        // Made when it is needed: most loads' values are of their columns' own types.
        _check ??= new CopyEncoder(_slots);
        _check.Clear();
        ArrayEncoder.Rare(_check, slot, value);
        value = Usual(value);
        return (slot.Kind, value) switch
        {
            (SqlTypeKind.Enum or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char, Enum label) =>
                EnumLabels.LabelOf(slot, label),
            (SqlTypeKind.SmallInt, _) => System.Convert.ToInt16(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Integer, _) => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.BigInt, _) => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Double, decimal number) => FloatDigits.Of(slot, number),
            (SqlTypeKind.Real, decimal number) => (float)FloatDigits.Of(slot, number),
            (SqlTypeKind.Double, _) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Real, _) => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Numeric, float or double or string) => DecimalOf((IConvertible)value),
            (SqlTypeKind.Numeric, _) => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.TimestampTz, DateTimeOffset point) => point.UtcDateTime,
            (SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char, char character) => character.ToString(),
            _ => value,
        };
    }

    // Whole numbers of any size are long ones where they can be, else their digits.
    static object Usual(object value) => value switch
    {
        BigInteger number =>
            number >= long.MinValue && number <= long.MaxValue ? (long)number : number.ToString(CultureInfo.InvariantCulture),
        Int128 number => Usual((BigInteger)number),
        UInt128 number => Usual((BigInteger)number),
        _ => value,
    };

    // The driver takes numeric values as decimal, which has fewer digits than the column: it would round, or make a small number none.
    static object DecimalOf(IConvertible value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture).Replace("∞", "Infinity", StringComparison.Ordinal);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsExact(text, number)
            ? number
            : text;
    }

    // 28 digits, and as many behind the point, are exact in any decimal.
    static bool IsExact(ReadOnlySpan<char> text, decimal number)
    {
        var mark = text.IndexOfAny('e', 'E');
        var digits = mark < 0 ? text : text[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = digits.IndexOf('.');
        var fraction = (point < 0 ? 0 : digits.Length - point - 1) - exponent;
        return (fraction <= 28 && digits.Length + Math.Max(0, -fraction) <= 28)
            || text.SequenceEqual(number.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => _check?.Dispose();
}
