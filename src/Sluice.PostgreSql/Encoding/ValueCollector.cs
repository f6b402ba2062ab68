using System.Globalization;
using Sluice.Schema;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Holds one row's values as objects of the types that the driver expects for its columns.</summary>
sealed class ValueCollector
{
    readonly Slot[] _slots;
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

    // Numbers take the column's width; whatever else does not fit is refused by the driver.
    static object Convert(in Slot slot, object value)
    {
        try
        {
            return (slot.Kind, value) switch
            {
                (SqlTypeKind.SmallInt, IConvertible and not string) => System.Convert.ToInt16(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.Integer, IConvertible and not string) => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.BigInt, IConvertible and not string) => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.Numeric, long or ulong) => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.Double, IConvertible and not string) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.Real, IConvertible and not string) => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
                (SqlTypeKind.TimestampTz, DateTimeOffset point) => point.UtcDateTime,
                _ => value,
            };
        }
        catch (OverflowException)
        {
            throw Throw.OutOfRange(slot, (IFormattable)value);
        }
    }
}
