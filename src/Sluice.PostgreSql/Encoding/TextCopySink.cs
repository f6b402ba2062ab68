using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Writes the values of rows for a COPY in text format.</summary>
readonly struct TextCopySink(TextCopyEncoder encoder) : IRowSink
{
    public void BeginRow() => encoder.BeginRow();

    public void EndRow()
    {
        if (encoder.Numbers is { } numbers)
            Write(numbers.Next());
        encoder.EndRow();
    }

    public bool TrySkip() => encoder.TrySkip();

    public void WriteNull() => encoder.Null();

    public void Write(bool value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Boolean(slot, value);
        encoder.Raw(value ? "t" : "f");
    }

    public void Write(long value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Integer(slot, value);
        encoder.Value(value);
    }

    public void Write(ulong value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Unsigned(slot, value);
        encoder.Value(value);
    }

    public void Write(float value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Single(slot, value);
        if (slot.Kind is SqlTypeKind.Double)
            encoder.Value((double)value, "R");
        else
            encoder.Value(value, "R");
    }

    public void Write(double value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Double(slot, value);
        encoder.Value(value, "R");
    }

    public void Write(decimal value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Decimal(slot, value);
        encoder.Value(value, slot.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt ? "0" : default);
    }

    public void Write(string value)
    {
        if (encoder.TryNext(out var slot))
            encoder.Text(slot, value);
    }

    public void Write(ReadOnlySpan<char> value)
    {
        if (encoder.TryNext(out var slot))
            encoder.Text(slot, value);
    }

    public void Write(Guid value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Uuid(slot, value);
        encoder.Value(value);
    }

    // The kinds that pass the check mean what the column does; the zone is said, as the session's would count otherwise.
    public void Write(DateTime value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Timestamp(slot, value);
        encoder.Timestamp(value);
        if (slot.Kind is SqlTypeKind.TimestampTz && value != DateTime.MinValue && value != DateTime.MaxValue)
            encoder.Raw("Z");
    }

    public void Write(DateTimeOffset value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Timestamp(slot, value);
        if (slot.Kind is SqlTypeKind.TimeTz)
        {
            encoder.Value(value, "HH:mm:ss.ffffffzzz");
            return;
        }
        encoder.Timestamp(value.UtcDateTime);
        if (value.UtcDateTime != DateTime.MinValue && value.UtcDateTime != DateTime.MaxValue)
            encoder.Raw("Z");
    }

    public void Write(DateOnly value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Date(slot, value);
        encoder.Date(value);
    }

    public void Write(TimeOnly value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Time(slot, value);
        encoder.Value(value, "HH:mm:ss.ffffff");
    }

    public void Write(TimeSpan value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Interval(slot, value);
        if (slot.Kind is SqlTypeKind.Interval)
            encoder.Interval(value);
        else if (value.Days > 0)
            encoder.Raw("24:00:00");
        else
            encoder.Value(TimeOnly.FromTimeSpan(value), "HH:mm:ss.ffffff");
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Bytes(slot, value);
        encoder.Bytes(value);
    }

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        if (!encoder.TryNext(out var slot))
            return;
        encoder.Check.Enum(slot, value);
        if (slot.Kind is SqlTypeKind.Enum)
            encoder.Text(slot, EnumLabels.LabelOf(slot, value));
        else if (slot.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char)
            encoder.Text(slot, EnumLabels.NameOf(value));
        else if (EnumNames.AreUnsigned<TEnum>())
            encoder.Value((ulong)EnumNames.NumberOf(value));
        else
            encoder.Value(EnumNames.NumberOf(value));
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => throw ValueProblems.OtherValue(typeof(TElement[]));

    public void WriteOther(object value)
    {
        if (!encoder.TryNext(out var slot))
            return;
        ArrayEncoder.Rare(encoder.Check, slot, value);
        if (value is Enum label)
            encoder.Raw(slot.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Numeric ? label.ToString("D") : EnumLabels.LabelOf(slot, label));
        else
            encoder.Raw(((IFormattable)value).ToString(format: null, System.Globalization.CultureInfo.InvariantCulture));
    }
}
