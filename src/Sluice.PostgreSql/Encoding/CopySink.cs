using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes the values of rows for a binary COPY; the struct that row shapes are compiled for.</summary>
readonly struct CopySink(CopyEncoder encoder) : IRowSink
{
    public void BeginRow() => encoder.BeginRow();

    public void EndRow() => encoder.EndRow();

    public bool TrySkip() => encoder.TrySkip();

    public void WriteNull() => encoder.Null();

    public void Write(bool value)
    {
        if (encoder.Next(out var slot))
            encoder.Boolean(slot, value);
    }

    public void Write(long value)
    {
        if (encoder.Next(out var slot))
            encoder.Integer(slot, value);
    }

    public void Write(ulong value)
    {
        if (encoder.Next(out var slot))
            encoder.Unsigned(slot, value);
    }

    public void Write(float value)
    {
        if (encoder.Next(out var slot))
            encoder.Single(slot, value);
    }

    public void Write(double value)
    {
        if (encoder.Next(out var slot))
            encoder.Double(slot, value);
    }

    public void Write(decimal value)
    {
        if (encoder.Next(out var slot))
            encoder.Decimal(slot, value);
    }

    public void Write(string value)
    {
        if (encoder.Next(out var slot))
            encoder.Text(slot, value);
    }

    public void Write(ReadOnlySpan<char> value)
    {
        if (encoder.Next(out var slot))
            encoder.Text(slot, value);
    }

    public void Write(Guid value)
    {
        if (encoder.Next(out var slot))
            encoder.Uuid(slot, value);
    }

    public void Write(DateTime value)
    {
        if (encoder.Next(out var slot))
            encoder.Timestamp(slot, value);
    }

    public void Write(DateTimeOffset value)
    {
        if (encoder.Next(out var slot))
            encoder.Timestamp(slot, value);
    }

    public void Write(DateOnly value)
    {
        if (encoder.Next(out var slot))
            encoder.Date(slot, value);
    }

    public void Write(TimeOnly value)
    {
        if (encoder.Next(out var slot))
            encoder.Time(slot, value);
    }

    public void Write(TimeSpan value)
    {
        if (encoder.Next(out var slot))
            encoder.Interval(slot, value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (encoder.Next(out var slot))
            encoder.Bytes(slot, value);
    }

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        if (encoder.Next(out var slot))
            encoder.Enum(slot, value);
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values)
    {
        if (encoder.Next(out var slot))
            ArrayEncoder.Write(encoder, slot, values);
    }

    public void WriteOther(object value)
    {
        if (encoder.Next(out _))
            throw Throw.OtherValue(value.GetType());
    }
}
