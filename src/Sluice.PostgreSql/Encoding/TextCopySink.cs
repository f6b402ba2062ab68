using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Writes the values of rows for a COPY in text format.</summary>
readonly struct TextCopySink(TextCopyEncoder encoder) : IRowSink
{
    public void BeginRow() => encoder.BeginRow();

    public void EndRow() => encoder.EndRow();

    public bool TrySkip() => encoder.TrySkip();

    public void WriteNull() => encoder.Null();

    public void Write(bool value) => encoder.Text(value ? "t" : "f");

    public void Write(long value) => encoder.Value(value);

    public void Write(ulong value) => encoder.Value(value);

    public void Write(float value) => encoder.Value(value, "R");

    public void Write(double value) => encoder.Value(value, "R");

    public void Write(decimal value) => encoder.Value(value);

    public void Write(string value) => encoder.Text(value);

    public void Write(ReadOnlySpan<char> value) => encoder.Text(value);

    public void Write(Guid value) => encoder.Value(value);

    public void Write(DateTime value) => encoder.Value(value, "yyyy-MM-dd HH:mm:ss.ffffff");

    public void Write(DateTimeOffset value) => encoder.Value(value, "yyyy-MM-dd HH:mm:ss.ffffffzzz");

    public void Write(DateOnly value) => encoder.Value(value, "yyyy-MM-dd");

    public void Write(TimeOnly value) => encoder.Value(value, "HH:mm:ss.ffffff");

    public void Write(TimeSpan value) => encoder.Value(value, "c");

    public void WriteBytes(ReadOnlySpan<byte> value) => encoder.Bytes(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        encoder.Text(EnumLabels.NameOf(value));

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => throw Throw.OtherValue(typeof(TElement[]));

    public void WriteOther(object value) => throw Throw.OtherValue(value.GetType());
}
