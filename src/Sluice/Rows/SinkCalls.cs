using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>What compiled row code calls: expressions know no spans and no null checks worth reading.</summary>
static class SinkCalls<TSink>
    where TSink : struct, IRowSink
{
    public static void WriteNull(ref TSink sink) => sink.WriteNull();

    public static void Write(bool value, ref TSink sink) => sink.Write(value);

    public static void Write(long value, ref TSink sink) => sink.Write(value);

    public static void Write(ulong value, ref TSink sink) => sink.Write(value);

    public static void Write(float value, ref TSink sink) => sink.Write(value);

    public static void Write(double value, ref TSink sink) => sink.Write(value);

    public static void Write(decimal value, ref TSink sink) => sink.Write(value);

    public static void Write(char value, ref TSink sink) => sink.Write(new ReadOnlySpan<char>(in value));

    public static void Write(Guid value, ref TSink sink) => sink.Write(value);

    public static void Write(DateTime value, ref TSink sink) => sink.Write(value);

    public static void Write(DateTimeOffset value, ref TSink sink) => sink.Write(value);

    public static void Write(DateOnly value, ref TSink sink) => sink.Write(value);

    public static void Write(TimeOnly value, ref TSink sink) => sink.Write(value);

    public static void Write(TimeSpan value, ref TSink sink) => sink.Write(value);

    public static void Write(ReadOnlyMemory<byte> value, ref TSink sink) => sink.WriteBytes(value.Span);

    public static void Write(Memory<byte> value, ref TSink sink) => sink.WriteBytes(value.Span);

    public static void Write(string? value, ref TSink sink)
    {
        if (value is null)
            sink.WriteNull();
        else
            sink.Write(value);
    }

    public static void Write(byte[]? value, ref TSink sink)
    {
        if (value is null)
            sink.WriteNull();
        else
            sink.WriteBytes(value);
    }

    public static void Write(JsonDocument? value, ref TSink sink) => Write(value?.RootElement.GetRawText(), ref sink);

    public static void Write(JsonNode? value, ref TSink sink) => Write(value?.ToJsonString(), ref sink);

    // A default element is no JSON at all.
    public static void Write(JsonElement value, ref TSink sink) =>
        Write(value.ValueKind is JsonValueKind.Undefined ? null : value.GetRawText(), ref sink);

    public static void WriteEnum<TEnum>(TEnum value, ref TSink sink)
        where TEnum : struct, Enum =>
        sink.WriteEnum(value);

    public static void WriteArray<TElement>(TElement[]? values, ref TSink sink)
    {
        if (values is null)
            sink.WriteNull();
        else
            sink.WriteArray<TElement>(values);
    }

    public static void WriteList<TElement>(List<TElement>? values, ref TSink sink)
    {
        if (values is null)
            sink.WriteNull();
        else
            sink.WriteArray<TElement>(CollectionsMarshal.AsSpan(values));
    }

    public static void WriteOther(object? value, ref TSink sink)
    {
        if (value is null)
            sink.WriteNull();
        else
            sink.WriteOther(value);
    }
}
