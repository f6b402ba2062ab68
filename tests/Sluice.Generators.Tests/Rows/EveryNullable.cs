using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Generators.Tests.Rows;

[Table("every_nullable")]
internal sealed partial record EveryNullable(
    bool? Bool, byte? Byte, int? Int, long? Long, ulong? ULong, float? Float, double? Double, decimal? Decimal, char? Char, string? Text,
    Guid? Guid, DateTime? DateTime, DateTimeOffset? DateTimeOffset, DateOnly? DateOnly, TimeOnly? TimeOnly, TimeSpan? TimeSpan, byte[]? Bytes,
    ReadOnlyMemory<byte>? Memory, Level? Level, int[]? Ints, List<long?>? Longs, JsonDocument? Document, JsonElement? Element, JsonNode? Node);
