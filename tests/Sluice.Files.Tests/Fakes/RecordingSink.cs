using Sluice.Rows;

namespace Sluice.Files.Tests.Fakes;

/// <summary>Keeps every value as it was written, with the type that it was written as.</summary>
readonly struct RecordingSink(List<object?> values, Func<int, bool>? skips = null) : IRowSink
{
    readonly int[] _field = new int[1];

    public void BeginRow() => _field[0] = 0;

    public void EndRow()
    {
    }

    public bool TrySkip() => skips?.Invoke(_field[0]++) ?? false;

    public void WriteNull() => values.Add(null);

    public void Write(bool value) => values.Add(value);

    public void Write(long value) => values.Add(value);

    public void Write(ulong value) => values.Add(value);

    public void Write(float value) => values.Add(value);

    public void Write(double value) => values.Add(value);

    public void Write(decimal value) => values.Add(value);

    public void Write(string value) => values.Add(value);

    public void Write(ReadOnlySpan<char> value) => values.Add(value.ToString());

    public void Write(Guid value) => values.Add(value);

    public void Write(DateTime value) => values.Add(value);

    public void Write(DateTimeOffset value) => values.Add(value);

    public void Write(DateOnly value) => values.Add(value);

    public void Write(TimeOnly value) => values.Add(value);

    public void Write(TimeSpan value) => values.Add(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => values.Add(value.ToArray());

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        values.Add(value);

    public void WriteArray<TElement>(ReadOnlySpan<TElement> elements) => values.Add(elements.ToArray());

    public void WriteOther(object value) => values.Add(value);
}
