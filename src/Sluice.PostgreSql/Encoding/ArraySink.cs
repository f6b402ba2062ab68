using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Adds the values of rows to one buffer for each column.</summary>
struct ArraySink(ArrayBuffer?[] buffers) : IRowSink
{
    int _field;

    /// <summary>The field at hand, for messages.</summary>
    internal readonly int Field => _field - 1;

    /// <summary>Rows that are complete.</summary>
    internal int Ended { get; private set; }

    public void BeginRow() => _field = 0;

    public void EndRow() => Ended++;

    internal void Clear() => Ended = 0;

    public bool TrySkip()
    {
        if (buffers[_field] is not null)
            return false;
        _field++;
        return true;
    }

    public void WriteNull() => buffers[_field++]?.AddNull();

    public void Write(bool value) => buffers[_field++]?.Add(value);

    public void Write(long value) => buffers[_field++]?.Add(value);

    public void Write(ulong value) => buffers[_field++]?.AddObject(value);

    public void Write(float value) => buffers[_field++]?.Add(value);

    public void Write(double value) => buffers[_field++]?.Add(value);

    public void Write(decimal value) => buffers[_field++]?.Add(value);

    public void Write(string value) => buffers[_field++]?.Add(value);

    public void Write(ReadOnlySpan<char> value) => buffers[_field++]?.Add(new string(value));

    public void Write(Guid value) => buffers[_field++]?.Add(value);

    public void Write(DateTime value) => buffers[_field++]?.Add(value);

    public void Write(DateTimeOffset value) => buffers[_field++]?.Add(value);

    public void Write(DateOnly value) => buffers[_field++]?.Add(value);

    public void Write(TimeOnly value) => buffers[_field++]?.AddObject(value);

    public void Write(TimeSpan value) => buffers[_field++]?.AddObject(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => buffers[_field++]?.AddObject(value.ToArray());

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => buffers[_field++]?.AddObject(value);

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => buffers[_field++]?.AddObject(values.ToArray());

    public void WriteOther(object value) => buffers[_field++]?.AddObject(value);
}
