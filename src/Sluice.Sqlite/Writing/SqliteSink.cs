using System.Globalization;
using System.Numerics;
using Sluice.Rows;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Writing;

/// <summary>Binds the values of rows; the struct that row shapes are compiled for.</summary>
readonly struct SqliteSink(SqliteBinder binder) : IRowSink
{
    public void BeginRow() => binder.BeginRow();

    public void EndRow() => binder.EndRow();

    public bool TrySkip() => binder.TrySkip();

    public void WriteNull() => binder.Null();

    public void Write(bool value) => binder.Integer(value ? 1 : 0, Accepts.Boolean);

    public void Write(long value) => binder.Integer(value, Accepts.Integer);

    public void Write(ulong value)
    {
        if (value <= long.MaxValue)
            binder.Integer((long)value, Accepts.Integer);
        else
            binder.Unsigned(value);
    }

    public void Write(float value) => binder.Real(value);

    public void Write(double value) => binder.Real(value);

    public void Write(decimal value) => binder.Decimal(value);

    public void Write(string value) => binder.Text(value);

    public void Write(ReadOnlySpan<char> value) => binder.Text(value);

    public void Write(Guid value) => binder.Uuid(value);

    public void Write(DateTime value)
    {
        if (binder.TryFormat(Accepts.Timestamp, ValueText.MaxTimestamp, out var text))
            binder.Formatted(ValueText.Format(value, text));
    }

    public void Write(DateTimeOffset value)
    {
        if (!binder.TryFormat(Accepts.Timestamp, ValueText.MaxTimestamp, out var text))
            return;
        // A key is found by its text, of which one point in time has as many as there are offsets.
        if (value.TotalOffsetMinutes != 0 && binder.IsKey)
            throw ValueProblems.OffsetInKey();
        binder.Formatted(ValueText.Format(value, text));
    }

    public void Write(DateOnly value)
    {
        if (binder.TryFormat(Accepts.Date, ValueText.MaxDate, out var text))
            binder.Formatted(ValueText.Format(value, text));
    }

    public void Write(TimeOnly value)
    {
        if (binder.TryFormat(Accepts.Time, ValueText.MaxTime, out var text))
            binder.Formatted(ValueText.Format(value, text));
    }

    public void Write(TimeSpan value)
    {
        if (binder.TryFormat(Accepts.Span, ValueText.MaxSpan, out var text))
            binder.Formatted(ValueText.Format(value, text));
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => binder.Blob(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        // A column of texts takes the name, as it does on other databases.
        if (binder.TakesNames)
            binder.Text(value.ToString());
        else
            binder.Integer(EnumNames.NumberOf(value), Accepts.Integer);
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => binder.Array(values);

    public void WriteOther(object value)
    {
        switch (value)
        {
            case Enum label when binder.TakesNames: binder.Text(label.ToString()); break;
            case Enum label when label.GetTypeCode() is TypeCode.UInt64: Write(Convert.ToUInt64(label, CultureInfo.InvariantCulture)); break;
            case Enum label: Write(Convert.ToInt64(label, CultureInfo.InvariantCulture)); break;
            case BigInteger whole when whole >= long.MinValue && whole <= long.MaxValue && !binder.TakesNames: Write((long)whole); break;
            case var other when OtherText.Takes(other.GetType()): binder.Text(OtherText.Of(other)); break;
            case IEnumerable<object?> list: binder.Array<object?>([.. list]); break;
            default: throw ValueProblems.OtherValue(value.GetType());
        }
    }
}
