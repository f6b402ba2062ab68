using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>What compiled row code calls to take values from a reader.</summary>
static class ReaderCalls<TReader>
    where TReader : struct, IRowReader
{
    public static bool IsNull(ref TReader reader, int i) => reader.IsNull(i);

    public static TValue Get<TValue>(ref TReader reader, int i) => reader.Get<TValue>(i);

    public static ReadOnlyMemory<byte> Memory(ref TReader reader, int i) => reader.Get<byte[]>(i);

    public static Memory<byte> Writable(ref TReader reader, int i) => reader.Get<byte[]>(i);

    public static JsonDocument Document(ref TReader reader, int i) => JsonDocument.Parse(reader.Get<string>(i));

    public static JsonElement Element(ref TReader reader, int i) => JsonElement.Parse(reader.Get<string>(i));

    public static JsonNode Node(ref TReader reader, int i) => JsonNode.Parse(reader.Get<string>(i))!;

    public static TElement[] Enums<TNumber, TElement>(ref TReader reader, int i)
        where TNumber : struct
        where TElement : struct =>
        Array.ConvertAll(reader.Get<TNumber[]>(i), Unsafe.BitCast<TNumber, TElement>);

    public static TElement?[] NullableEnums<TNumber, TElement>(ref TReader reader, int i)
        where TNumber : struct
        where TElement : struct =>
        Array.ConvertAll(reader.Get<TNumber?[]>(i), static x => x is { } number ? Unsafe.BitCast<TNumber,
            TElement>(number) : (TElement?)null);

    public static List<TElement> List<TElement>(TElement[] items) => [.. items];
}
