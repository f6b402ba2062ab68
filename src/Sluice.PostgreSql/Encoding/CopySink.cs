using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes the values of rows for a binary COPY; the struct that row shapes are compiled for.</summary>
readonly struct CopySink(CopyEncoder encoder) : IRowSink
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
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Boolean(slot, value);
    }

    public void Write(long value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Integer(slot, value);
    }

    public void Write(ulong value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Unsigned(slot, value);
    }

    public void Write(float value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Single(slot, value);
    }

    public void Write(double value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Double(slot, value);
    }

    public void Write(decimal value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Decimal(slot, value);
    }

    public void Write(string value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Text(slot, value);
    }

    public void Write(ReadOnlySpan<char> value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Text(slot, value);
    }

    public void Write(Guid value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Uuid(slot, value);
    }

    public void Write(DateTime value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Timestamp(slot, value);
    }

    public void Write(DateTimeOffset value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Timestamp(slot, value);
    }

    public void Write(DateOnly value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Date(slot, value);
    }

    public void Write(TimeOnly value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Time(slot, value);
    }

    public void Write(TimeSpan value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Interval(slot, value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Bytes(slot, value);
    }

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            encoder.Enum(slot, value);
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            ArrayEncoder.Write(encoder, slot, values);
    }

    public void WriteOther(object value)
    {
        ref readonly var slot = ref encoder.Next();
        if (slot.IsWritten)
            ArrayEncoder.Rare(encoder, slot, value);
    }
}
