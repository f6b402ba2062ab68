using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Collects the values of a row as objects.</summary>
readonly struct CollectorSink(ValueCollector collector) : IRowSink
{
    public void BeginRow() => collector.BeginRow();

    public void EndRow()
    {
        if (collector.Numbers is { } numbers)
            Write(numbers.Next());
    }

    public bool TrySkip() => collector.TrySkip();

    public void WriteNull() => collector.Add(null);

    public void Write(bool value) => collector.Add(value);

    public void Write(long value) => collector.Add(value);

    public void Write(ulong value) => collector.Add(value);

    public void Write(float value) => collector.Add(value);

    public void Write(double value) => collector.Add(value);

    public void Write(decimal value) => collector.Add(value);

    public void Write(string value) => collector.Add(value);

    public void Write(ReadOnlySpan<char> value) => collector.Add(value.ToString());

    public void Write(Guid value) => collector.Add(value);

    public void Write(DateTime value) => collector.Add(value);

    public void Write(DateTimeOffset value) => collector.Add(value);

    public void Write(DateOnly value) => collector.Add(value);

    public void Write(TimeOnly value) => collector.Add(value);

    public void Write(TimeSpan value) => collector.Add(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => collector.Add(value.ToArray());

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        collector.Add(value);

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => collector.Add(values.ToArray());

    public void WriteOther(object value) => collector.Add(value);
}
