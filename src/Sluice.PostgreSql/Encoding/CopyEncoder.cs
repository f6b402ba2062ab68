using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes rows in COPY's binary format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.55.9.4.</summary>
/// <remarks>
/// The column's type in the catalog decides the bytes; a value of another .NET type is converted where that loses nothing and refused
/// otherwise. Each value is its length in four bytes, then the bytes that the type's receive function expects.
/// </remarks>
sealed class CopyEncoder : CopyBuffer
{
    static readonly byte[] s_header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    const double TwoTo63 = 9_223_372_036_854_775_808.0;

    readonly Slot[] _slots;
    readonly short _columns;
    int _field;

    internal CopyEncoder(Slot[] slots)
    {
        _slots = slots;
        _columns = (short)slots.Count(s => s.IsWritten);
        Sink = new CopySink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal CopySink Sink;

    /// <summary>The numbers that each row gets behind its own values, if any.</summary>
    internal RowNumbers? Numbers { get; init; }

    /// <summary>Rows ended since <see cref="StartBlock"/>.</summary>
    internal int Ended { get; private set; }

    /// <summary>The field that is being written, for messages.</summary>
    internal int Field => _field - 1;

    internal void Header() => Put(s_header);

    internal void Trailer() => Put((short)-1);

    internal void StartBlock() => Ended = 0;

    internal void BeginRow()
    {
        _field = 0;
        Put(_columns);
    }

    internal void EndRow() => Ended++;

    /// <summary>Moves to the next field, which is not to be written where its slot says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Slot Next() => ref _slots[_field++];

    internal bool TrySkip()
    {
        if (_slots[_field].IsWritten)
            return false;
        _field++;
        return true;
    }

    internal void Null()
    {
        if (_slots[_field++].IsWritten)
            NullValue();
    }

    internal void NullValue() => Put(-1);

    internal void Boolean(in Slot slot, bool value)
    {
        if (slot.Kind is not SqlTypeKind.Boolean)
            throw ValueProblems.ValueKind("a truth value", slot);
        Put(1);
        Take(1) = value ? (byte)1 : (byte)0;
    }

    internal void Integer(in Slot slot, long value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.BigInt:
                PutValue(value);
                break;
            case SqlTypeKind.Integer when (int)value == value:
                PutValue((int)value);
                break;
            case SqlTypeKind.SmallInt when (short)value == value:
                Put(2);
                Put((short)value);
                break;
            default:
                IntegerElsewhere(slot, value);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void IntegerElsewhere(in Slot slot, long value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                throw ValueProblems.OutOfRange(slot, value);
            case SqlTypeKind.Numeric:
                Decimal(slot, value);
                break;
            case SqlTypeKind.Double or SqlTypeKind.Real:
                FloatFromInteger(slot, value);
                break;
            default:
                throw ValueProblems.ValueKind("a whole number", slot);
        }
    }

    // A floating-point column keeps whole numbers exactly up to the width of its mantissa; above that it would keep another one.
    void FloatFromInteger(in Slot slot, long value)
    {
        // Not through decimal, which keeps 15 digits of a double; and wider than long, which would turn 2⁶³ into long.MaxValue.
        var kept = slot.Kind is SqlTypeKind.Double ? (Int128)(double)value : (Int128)(float)value;
        if (kept != value)
            throw ValueProblems.NotExact(slot, value);
        Double(slot, value);
    }

    internal void Unsigned(in Slot slot, ulong value)
    {
        if (value <= long.MaxValue)
            Integer(slot, (long)value);
        else if (slot.Kind is SqlTypeKind.Numeric)
            Decimal(slot, value);
        else if (slot.Kind is SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt)
            throw ValueProblems.OutOfRange(slot, value);
        else
            throw ValueProblems.ValueKind("a whole number above 9223372036854775807", slot);
    }

    internal void Single(in Slot slot, float value)
    {
        if (slot.Kind is SqlTypeKind.Real)
        {
            PutValue(BitConverter.SingleToInt32Bits(value));
        }
        else if (slot.Kind is SqlTypeKind.Numeric)
        {
            Span<char> text = stackalloc char[64];
            value.TryFormat(text, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
            NumericText(slot, text[..length]);
        }
        else
        {
            Double(slot, value);
        }
    }

    /// <summary>A whole number of any size.</summary>
    internal void Whole(in Slot slot, BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            Integer(slot, (long)value);
        else if (slot.Kind is SqlTypeKind.Numeric)
            NumericText(slot, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else if (slot.Kind is SqlTypeKind.Double or SqlTypeKind.Real)
            Double(slot, FloatDigits.Of(slot, value));
        else if (slot.Kind is SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt)
            throw ValueProblems.OutOfRange(slot, value);
        else
            throw ValueProblems.ValueKind("a whole number", slot);
    }

    internal void Double(in Slot slot, double value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Double:
                PutValue(BitConverter.DoubleToInt64Bits(value));
                break;
            case SqlTypeKind.Real:
                PutValue(BitConverter.SingleToInt32Bits(FloatDigits.Of(slot, value)));
                break;
            case SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                // Also what is no number, and what is infinite.
                if (!(Math.Abs(value) <= long.MaxValue) || value == TwoTo63)
                    throw ValueProblems.OutOfRange(slot, value);
                if (value != Math.Truncate(value))
                    throw ValueProblems.Fraction(slot, value);
                Integer(slot, (long)value);
                break;
            case SqlTypeKind.Numeric:
                Span<char> text = stackalloc char[64];
                value.TryFormat(text, out var length, "R", System.Globalization.CultureInfo.InvariantCulture);
                NumericText(slot, text[..length]);
                break;
            default:
                throw ValueProblems.ValueKind("a floating-point number", slot);
        }
    }

    internal void Decimal(in Slot slot, decimal value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Numeric:
                Span<char> text = stackalloc char[40];
                value.TryFormat(text, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
                NumericText(slot, text[..length]);
                break;
            case SqlTypeKind.Double or SqlTypeKind.Real:
                Double(slot, FloatDigits.Of(slot, value));
                break;
            case SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                if (value != decimal.Truncate(value))
                    throw ValueProblems.Fraction(slot, value);
                if (value is > long.MaxValue or < long.MinValue)
                    throw ValueProblems.OutOfRange(slot, value);
                Integer(slot, (long)value);
                break;
            default:
                throw ValueProblems.ValueKind("a decimal number", slot);
        }
    }

    void NumericText(in Slot slot, ReadOnlySpan<char> text)
    {
        var start = Length;
        Put(0);
        Used(NumericEncoder.Write(slot, text, Room(NumericEncoder.MaxBytes(text.Length))));
        Patch(start, Length - start - 4);
    }

    internal void Text(in Slot slot, ReadOnlySpan<char> value)
    {
        var start = Length;
        switch (slot.Kind)
        {
            case SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Json:
                Put(0);
                break;
            case SqlTypeKind.JsonB:
                // A version byte stands before the text: jsonb_recv in the server's jsonb.c.
                Put(0);
                Take(1) = 1;
                break;
            case SqlTypeKind.Enum:
                EnumLabels.Check(slot, value);
                Put(0);
                break;
            case SqlTypeKind.Numeric:
                NumericText(slot, value);
                return;
            case SqlTypeKind.Date when EdgeText.TryRead(slot.Kind, value, out var days):
                PutValue((int)days);
                return;
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when EdgeText.TryRead(slot.Kind, value, out var microseconds):
                PutValue(microseconds);
                return;
            default:
                throw ValueProblems.ValueKind("text", slot);
        }
        var room = Room(value.Length * 3);
        // The length is patched afterwards: one pass over the text instead of two.
        if (Utf8.FromUtf16(value, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw ValueProblems.LoneSurrogate();
        var bytes = room[..length];
        if (bytes.Contains((byte)0))
            throw ValueProblems.NulInText();
        if (length > slot.Length)
            TextRules.CheckLength(slot, bytes);
        Used(length);
        Patch(start, Length - start - 4);
    }

    internal void Uuid(in Slot slot, Guid value)
    {
        if (slot.Kind is not SqlTypeKind.Uuid)
            throw ValueProblems.ValueKind("a UUID", slot);
        Put(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
        Used(16);
    }

    internal void Bytes(in Slot slot, ReadOnlySpan<byte> value)
    {
        if (slot.Kind is not SqlTypeKind.Bytes)
            throw ValueProblems.ValueKind("bytes", slot);
        Put(value.Length);
        Put(value);
    }

    internal void Timestamp(in Slot slot, DateTime value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Timestamp when value.Kind is not DateTimeKind.Utc:
            case SqlTypeKind.TimestampTz when value.Kind is DateTimeKind.Utc:
                PutValue(PostgresTime.Microseconds(slot, value));
                break;
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz:
                // The extremes mean infinity, which has no zone.
                if (value != DateTime.MaxValue && value != DateTime.MinValue)
                    throw ValueProblems.DateTimeKind(slot, value.Kind);
                PutValue(PostgresTime.Microseconds(slot, value));
                break;
            case SqlTypeKind.Date when value.TimeOfDay == TimeSpan.Zero:
                Date(slot, DateOnly.FromDateTime(value));
                break;
            default:
                throw ValueProblems.ValueKind("a date with a time", slot);
        }
    }

    internal void Timestamp(in Slot slot, DateTimeOffset value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.TimestampTz:
                PutValue(PostgresTime.Microseconds(slot, value.UtcDateTime));
                break;
            case SqlTypeKind.TimeTz:
                // The zone is stored as seconds west of UTC.
                Put(12);
                Put(PostgresTime.Microseconds(slot, value.TimeOfDay.Ticks));
                Put(-value.TotalOffsetMinutes * 60);
                break;
            default:
                throw ValueProblems.ValueKind("a point in time", slot);
        }
    }

    internal void Date(in Slot slot, DateOnly value)
    {
        if (slot.Kind is not SqlTypeKind.Date)
            throw ValueProblems.ValueKind("a date", slot);
        PutValue(PostgresTime.Days(value));
    }

    internal void Time(in Slot slot, TimeOnly value)
    {
        if (slot.Kind is not SqlTypeKind.Time)
            throw ValueProblems.ValueKind("a time of day", slot);
        PutValue(PostgresTime.Microseconds(slot, value.Ticks));
    }

    internal void Interval(in Slot slot, TimeSpan value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Interval:
                Put(16);
                Put(PostgresTime.Microseconds(slot, value.Ticks - (TimeSpan.TicksPerDay * value.Days)));
                Put(value.Days);
                Put(0);
                break;
            case SqlTypeKind.Time when value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1):
                PutValue(PostgresTime.Microseconds(slot, value.Ticks));
                break;
            default:
                throw ValueProblems.ValueKind("a time span", slot);
        }
    }

    internal void Enum<TEnum>(in Slot slot, TEnum value)
        where TEnum : struct, Enum
    {
        if (slot.Kind is SqlTypeKind.Enum)
            Text(slot, EnumLabels.LabelOf(slot, value));
        else if (slot.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char)
            Text(slot, EnumLabels.NameOf(value));
        else if (EnumLabels.IsUnsigned<TEnum>())
            Unsigned(slot, (ulong)EnumLabels.NumberOf(value));
        else
            Integer(slot, EnumLabels.NumberOf(value));
    }

    /// <summary>Writes an array's head; the elements follow, each as a value of its own.</summary>
    /// <returns>Where the head begins, for <see cref="EndArray"/>.</returns>
    internal int BeginArray(in Slot slot, int count)
    {
        var start = Length;
        Put(0);
        Put(count == 0 ? 0 : 1);
        Put(0);
        Put((int)slot.Type!.Element!.StoreId);
        if (count > 0)
        {
            Put(count);
            Put(1);
        }
        return start;
    }

    internal void EndArray(int start, bool hasNulls)
    {
        Patch(start, Length - start - 4);
        Patch(start + 8, hasNulls ? 1 : 0);
    }
}
