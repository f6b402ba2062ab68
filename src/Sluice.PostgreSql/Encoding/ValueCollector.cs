using System.Globalization;
using Sluice.PostgreSql.Writing;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Holds one row's values as objects of the types that the driver expects for its columns.</summary>
sealed class ValueCollector : IDisposable
{
    readonly Slot[] _slots;
    CopyEncoder? _check;
    readonly List<object?> _values = [];
    int _field;

    internal ValueCollector(Slot[] slots)
    {
        _slots = slots;
        Sink = new CollectorSink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal CollectorSink Sink;

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
    /// <exception cref="ValueException">The column cannot hold it.</exception>
    // The rules are the encoder's, which the driver does not have: it would store whatever bytes the server takes for another type.
    internal object Convert(in Slot slot, object value)
    {
        if (slot.Kind is SqlTypeKind.Other or SqlTypeKind.Array || Fit.IsDriversOwn(value.GetType()))
            return value;
        // Made when it is needed: most loads' values are of their columns' own types.
        _check ??= new CopyEncoder(_slots);
        _check.Clear();
        ArrayEncoder.Rare(_check, slot, value);
        return (slot.Kind, value) switch
        {
            (SqlTypeKind.Enum or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char, Enum label) => EnumLabels.LabelOf(slot, label),
            (SqlTypeKind.SmallInt, _) => System.Convert.ToInt16(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Integer, _) => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.BigInt, _) => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Double, _) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Real, _) => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.Numeric, float or double or string) => DecimalOf(slot, (IConvertible)value),
            (SqlTypeKind.Numeric, _) => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            (SqlTypeKind.TimestampTz, DateTimeOffset point) => point.UtcDateTime,
            (SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char, char character) => character.ToString(),
            _ => value,
        };
    }

    // The driver takes numeric values as decimal, which has fewer digits than the column.
    static decimal DecimalOf(in Slot slot, IConvertible value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || IsCut(text, number))
            throw Throw.NotADecimal(slot);
        return number;
    }

    static bool IsCut(string text, decimal number) =>
        text.Length > 28 && !string.Equals(text, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public void Dispose() => _check?.Dispose();
}
