using Sluice.Rows;

namespace Sluice.Benchmarks;

/// <summary>Adds up what it is given, so that nothing is measured but the way there.</summary>
struct SumSink : IRowSink
{
    internal long Sum;

    public readonly void BeginRow()
    {
    }

    public readonly void EndRow()
    {
    }

    public readonly bool TrySkip() => false;

    public void WriteNull() => Sum++;

    public void Write(bool value) => Sum += value ? 1 : 0;

    public void Write(long value) => Sum += value;

    public void Write(ulong value) => Sum += (long)value;

    public void Write(float value) => Sum += BitConverter.SingleToInt32Bits(value);

    public void Write(double value) => Sum += BitConverter.DoubleToInt64Bits(value);

    public void Write(decimal value) => Sum += value.Scale;

    public void Write(string value) => Sum += value.Length;

    public void Write(ReadOnlySpan<char> value) => Sum += value.Length;

    public void Write(Guid value) => Sum += value.Version;

    public void Write(DateTime value) => Sum += value.Ticks;

    public void Write(DateTimeOffset value) => Sum += value.Ticks;

    public void Write(DateOnly value) => Sum += value.DayNumber;

    public void Write(TimeOnly value) => Sum += value.Ticks;

    public void Write(TimeSpan value) => Sum += value.Ticks;

    public void WriteBytes(ReadOnlySpan<byte> value) => Sum += value.Length;

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => Sum++;

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => Sum += values.Length;

    public readonly void WriteOther(object value) => throw new NotSupportedException("The rows of the benchmarks have no such value.");
}
