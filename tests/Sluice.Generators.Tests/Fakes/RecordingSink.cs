using Sluice.Rows;

namespace Sluice.Generators.Tests.Fakes;

/// <summary>Keeps what was written, each value with the method that it came by.</summary>
readonly struct RecordingSink(List<Written> written) : IRowSink
{
    public void BeginRow() => written.Add(new("BeginRow", null));

    public void EndRow() => written.Add(new("EndRow", null));

    public bool TrySkip() => false;

    public void WriteNull() => written.Add(new("Null", null));

    public void Write(bool value) => written.Add(new("Boolean", value));

    public void Write(long value) => written.Add(new("Int64", value));

    public void Write(ulong value) => written.Add(new("UInt64", value));

    public void Write(float value) => written.Add(new("Single", value));

    public void Write(double value) => written.Add(new("Double", value));

    public void Write(decimal value) => written.Add(new("Decimal", value));

    public void Write(string value) => written.Add(new("String", value));

    public void Write(ReadOnlySpan<char> value) => written.Add(new("Span", value.ToString()));

    public void Write(Guid value) => written.Add(new("Guid", value));

    public void Write(DateTime value) => written.Add(new("DateTime", value));

    public void Write(DateTimeOffset value) => written.Add(new("DateTimeOffset", value));

    public void Write(DateOnly value) => written.Add(new("DateOnly", value));

    public void Write(TimeOnly value) => written.Add(new("TimeOnly", value));

    public void Write(TimeSpan value) => written.Add(new("TimeSpan", value));

    public void WriteBytes(ReadOnlySpan<byte> value) => written.Add(new("Bytes", Convert.ToHexString(value)));

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        written.Add(new("Enum", value));

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) =>
        written.Add(new($"Array of {typeof(TElement)}", string.Join('|', values.ToArray().Select(v => v is byte[] b ? Convert.ToHexString(b) : v?.ToString() ?? "null"))));

    public void WriteOther(object value) => written.Add(new("Other", value));
}
