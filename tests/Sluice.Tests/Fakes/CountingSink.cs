using Sluice.Rows;

namespace Sluice.Tests.Fakes;

/// <summary>Counts values and keeps none, so that allocations are the writer's alone.</summary>
struct CountingSink : IRowSink
{
    internal int Values { get; private set; }

    public readonly void BeginRow()
    {
    }

    public readonly void EndRow()
    {
    }

    public readonly bool TrySkip() => false;

    public void WriteNull() => Values++;

    public void Write(bool value) => Values++;

    public void Write(long value) => Values++;

    public void Write(ulong value) => Values++;

    public void Write(float value) => Values++;

    public void Write(double value) => Values++;

    public void Write(decimal value) => Values++;

    public void Write(string value) => Values++;

    public void Write(ReadOnlySpan<char> value) => Values++;

    public void Write(Guid value) => Values++;

    public void Write(DateTime value) => Values++;

    public void Write(DateTimeOffset value) => Values++;

    public void Write(DateOnly value) => Values++;

    public void Write(TimeOnly value) => Values++;

    public void Write(TimeSpan value) => Values++;

    public void WriteBytes(ReadOnlySpan<byte> value) => Values++;

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Values++;

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => Values++;

    public void WriteOther(object value) => Values++;
}
