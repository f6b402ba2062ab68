
namespace Sluice.PostgreSql.Encoding;

/// <summary>The values of one column, for an array of them.</summary>
/// <remarks>
/// A value of the column's own type is added as it is; any other is brought to it, or refused, by the rules of the encoder.
/// </remarks>
abstract class ArrayBuffer(Column column, ValueCollector rules)
{
    readonly Slot _slot = new(column.Type, rules.ExactTimes);

    private protected ref readonly Slot Slot => ref _slot;

    private protected Column Column => column;

    internal int Count { get; private protected set; }

    internal virtual void Clear() => Count = 0;

    /// <summary>Makes room for so many values in all.</summary>
    internal abstract void Room(int count);

    internal abstract bool IsNull(int row);

    /// <summary>Whether its array may be one of texts that the server casts.</summary>
    internal virtual bool IsCast => false;

    internal abstract void AddNull();

    private protected abstract void AddConverted(object value);

    /// <summary>Some rows' values as an array that can be sent.</summary>
    internal abstract SqlArray Take(ReadOnlySpan<int> rows);

    /// <summary>
    /// The first rows' values as an array that can be sent. It is the buffer's own where it has that length: the statement must have run
    /// before values are added again.
    /// </summary>
    internal abstract SqlArray Take(int count);

    /// <summary>The bytes of the values, each behind its length, as an array has them.</summary>
    internal abstract long Bytes { get; }

    private protected const int LengthBytes = 4;

    private protected static TValue[] Lent<TValue>(TValue[] values, int count) =>
        values.Length == count ? values : values.AsSpan(0, count).ToArray();

    internal void AddObject(object value) => AddConverted(rules.Exactly(_slot, value));

    internal virtual void Add(bool value) => AddObject(value);

    internal virtual void Add(long value) => AddObject(value);

    internal virtual void Add(float value) => AddObject(value);

    internal virtual void Add(double value) => AddObject(value);

    internal virtual void Add(decimal value) => AddObject(value);

    internal virtual void Add(string value) => AddObject(value);

    internal virtual void Add(Guid value) => AddObject(value);

    internal virtual void Add(DateTime value) => AddObject(value);

    internal virtual void Add(DateTimeOffset value) => AddObject(value);

    internal virtual void Add(DateOnly value) => AddObject(value);

    internal static ArrayBuffer Of(Column column, ValueCollector rules) => column.Type.Kind switch
    {
        SqlTypeKind.Boolean => new BooleanBuffer(column, rules),
        SqlTypeKind.SmallInt => new SmallIntBuffer(column, rules),
        SqlTypeKind.Integer => new IntegerBuffer(column, rules),
        SqlTypeKind.BigInt => new BigIntBuffer(column, rules),
        SqlTypeKind.Real => new RealBuffer(column, rules),
        SqlTypeKind.Double => new DoubleBuffer(column, rules),
        SqlTypeKind.Numeric => new NumericBuffer(column, rules),
        SqlTypeKind.Bytes => new BytesBuffer(column, rules),
        SqlTypeKind.Uuid => new UuidBuffer(column, rules),
        SqlTypeKind.Date => new DateBuffer(column, rules),
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => new TimestampBuffer(column, rules),
        _ => new TextBuffer(column, rules),
    };
}

/// <summary>Values that are structs: an array of them where none is null, which is smaller and faster to send.</summary>
class ValueBuffer<T>(Column column, ValueCollector rules) : ArrayBuffer(column, rules)
    where T : struct
{
    T[] _values = [];
    bool[] _nulls = [];
    T?[] _lent = [];
    bool _hasNull;

    internal override void Clear()
    {
        base.Clear();
        _hasNull = false;
    }

    internal override bool IsNull(int row) => _hasNull && _nulls[row];

    internal override void AddNull()
    {
        if (!_hasNull)
        {
            _hasNull = true;
            if (_nulls.Length < _values.Length)
                _nulls = new bool[_values.Length];
            Array.Clear(_nulls);
        }
        _nulls[Count] = true;
        Put(default);
    }

    private protected override void AddConverted(object value) => Put((T)value);

    internal override long Bytes =>
        ((long)Count * LengthBytes) + ((long)(Count - Nulls) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());

    private protected int Nulls => _hasNull ? _nulls.AsSpan(0, Count).Count(true) : 0;

    internal override void Room(int count)
    {
        if (_values.Length >= count)
            return;
        Array.Resize(ref _values, count);
        if (_hasNull)
            Array.Resize(ref _nulls, count);
    }

    private protected void Put(T value) => _values[Count++] = value;

    private protected T ValueOf(int row) => _values[row];

    internal override SqlArray Take(int count)
    {
        if (!_hasNull || !_nulls.AsSpan(0, count).Contains(true))
            return SqlArray.Owning(Column.Name, Column.Type, Lent(_values, count));
        if (_lent.Length != count)
            _lent = new T?[count];
        for (var i = 0; i < count; i++)
            _lent[i] = _nulls[i] ? null : _values[i];
        return SqlArray.Owning(Column.Name, Column.Type, _lent);
    }

    internal override SqlArray Take(ReadOnlySpan<int> rows)
    {
        var hasNull = false;
        foreach (var row in rows)
            hasNull |= IsNull(row);
        if (hasNull)
        {
            var taken = new T?[rows.Length];
            for (var i = 0; i < taken.Length; i++)
                taken[i] = _nulls[rows[i]] ? null : _values[rows[i]];
            return SqlArray.Owning(Column.Name, Column.Type, taken);
        }
        var present = new T[rows.Length];
        for (var i = 0; i < present.Length; i++)
            present[i] = _values[rows[i]];
        return SqlArray.Owning(Column.Name, Column.Type, present);
    }
}

sealed class BooleanBuffer(Column column, ValueCollector rules) : ValueBuffer<bool>(column, rules)
{
    internal override void Add(bool value) => Put(value);
}

sealed class SmallIntBuffer(Column column, ValueCollector rules) : ValueBuffer<short>(column, rules)
{
    internal override void Add(long value)
    {
        if ((short)value == value)
            Put((short)value);
        else
            AddObject(value);
    }
}

sealed class IntegerBuffer(Column column, ValueCollector rules) : ValueBuffer<int>(column, rules)
{
    internal override void Add(long value)
    {
        if ((int)value == value)
            Put((int)value);
        else
            AddObject(value);
    }
}

sealed class BigIntBuffer(Column column, ValueCollector rules) : ValueBuffer<long>(column, rules)
{
    internal override void Add(long value) => Put(value);
}

sealed class RealBuffer(Column column, ValueCollector rules) : ValueBuffer<float>(column, rules)
{
    internal override void Add(float value) => Put(value);
}

sealed class DoubleBuffer(Column column, ValueCollector rules) : ValueBuffer<double>(column, rules)
{
    internal override void Add(double value) => Put(value);
}

sealed class UuidBuffer(Column column, ValueCollector rules) : ValueBuffer<Guid>(column, rules)
{
    internal override void Add(Guid value) => Put(value);
}

/// <summary>Days as the server counts them: the driver would take the calendar's first and last day for infinity.</summary>
sealed class DateBuffer(Column column, ValueCollector rules) : ValueBuffer<int>(column, rules)
{
    internal override void Add(DateOnly value) => Put(PostgresTime.Days(value));

    private protected override void AddConverted(object value) => Put(value switch
    {
        DateTime date => PostgresTime.Days(DateOnly.FromDateTime(date)),
        string edge when EdgeText.TryRead(SqlTypeKind.Date, edge, out var days) => (int)days,
        _ => PostgresTime.Days((DateOnly)value),
    });
}

/// <summary>Times with and without a zone, in microseconds as the server counts them.</summary>
sealed class TimestampBuffer(Column column, ValueCollector rules) : ValueBuffer<long>(column, rules)
{
    internal override void Add(DateTimeOffset value)
    {
        if (Slot.Kind is SqlTypeKind.TimestampTz)
            Put(PostgresTime.Microseconds(Slot, value.UtcDateTime));
        else
            AddObject(value);
    }

    private protected override void AddConverted(object value) =>
        Put(value is string edge && EdgeText.TryRead(Slot.Kind, edge, out var count) ? count : PostgresTime.Microseconds(Slot, (DateTime)value));
}
