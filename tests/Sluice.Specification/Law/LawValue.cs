using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Specification.Law;

public enum LawColor
{
    Red,
    Green = 7,
}

public enum LawBits : ulong
{
    None,
    All = ulong.MaxValue,
}

/// <summary>The .NET types of the matrix with values at their edges, odd spellings among them.</summary>
static class LawValues
{
    static readonly DateTime s_digits = new DateTime(2024, 1, 1, 12, 0, 0, DateTimeKind.Unspecified).AddTicks(1_234_567);
    static readonly DateTime s_before = new DateTime(1999, 12, 31, 23, 59, 59, DateTimeKind.Unspecified).AddTicks(9_999_999);
    static readonly DateTime s_four = new DateTime(2024, 1, 1, 12, 0, 0, DateTimeKind.Unspecified).AddTicks(1_239_000);

    internal static IReadOnlyList<LawType> All { get; } =
    [
        new LawType<bool>(true, false),
        new LawType<sbyte>(sbyte.MinValue, 3),
        new LawType<byte>(byte.MaxValue, 3),
        new LawType<short>(short.MinValue, short.MaxValue, 3),
        new LawType<ushort>(ushort.MaxValue, 3),
        new LawType<int>(int.MinValue, int.MaxValue, 3),
        new LawType<uint>(uint.MaxValue, 3),
        new LawType<long>(long.MinValue, long.MaxValue, 9_007_199_254_740_993, 3),
        new LawType<ulong>(ulong.MaxValue, 9_223_372_036_854_775_808, 3),
        new LawType<System.Numerics.BigInteger>(3, -1, System.Numerics.BigInteger.Pow(10, 30)),
        new LawType<float>(0.1f, 3f, 0.5f, float.MaxValue, float.Epsilon, float.NaN, float.PositiveInfinity),
        new LawType<double>(0.1, 3.0, 0.5, -1e300, double.Epsilon, double.NaN, double.NegativeInfinity, 1 / 3.0, 9_007_199_254_740_992, 1e19, 12345678.9),
        new LawType<decimal>(3.0m, 1.10m, -1.239m, decimal.MaxValue, 0.0000000000000000000000000001m, 1234567890123456.78m, 0.1m),
        new LawType<char>('a', 'é', '\0'),
        new LawType<string>(
            "", "a", " a ", "ab   ", "3", "3.0", "1E5", "007", "NULL", "\\N", "\\.", "a\0b", "\uD800", "😀😀😀😀😀", "a\tb\r\n\"c", "infinity", "2024-01-05", "2024-1-5", "{\"a\": 1.50}", "true", "Green",
            "0f8fad5b-d9cb-469f-a165-70867728950e", "9999-12-31 23:59:59.9999999", "2024-01-01 12:00:00.1234567", "12:00:00.1234567"),
        new LawType<Guid>(Guid.Empty, new("0f8fad5b-d9cb-469f-a165-70867728950e")),
        new LawType<DateOnly>(DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29)),
        new LawType<TimeOnly>(TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 0), TimeOnly.FromDateTime(s_digits), TimeOnly.FromDateTime(s_four)),
        new LawType<DateTime>(s_digits, s_before, s_four, DateTime.MinValue, DateTime.MaxValue, DateTime.MinValue.AddTicks(10), new(2024, 2, 29), DateTime.SpecifyKind(s_four, DateTimeKind.Utc), DateTime.SpecifyKind(s_four, DateTimeKind.Local)),
        new LawType<DateTimeOffset>(
            new(s_digits, TimeSpan.Zero), new(s_four, new TimeSpan(5, 30, 0)), new(s_before, TimeSpan.FromHours(-11)), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch),
        new LawType<TimeSpan>(TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromTicks(-1), TimeSpan.MaxValue, TimeSpan.FromHours(25), s_digits.TimeOfDay, s_four.TimeOfDay, TimeSpan.FromMilliseconds(-1239)),
        new LawType<byte[]>([], [0, 255]),
        new LawType<LawColor>(LawColor.Red, LawColor.Green),
        new LawType<LawBits>(LawBits.None, LawBits.All),
        new LawType<JsonElement>(Json("\"a\""), Json("null"), Json("1.50"), Json("true"), Json("{\"a\": 1.50}"), Json("[1,2]"), Json("\"2024-01-05\"")),
        new LawType<JsonNode>(JsonNode.Parse("\"a\"")!, JsonNode.Parse("3")!, JsonNode.Parse("{\"a\": 1.50}")!, JsonValue.Create("a"), JsonValue.Create(1.5m)),
        new LawType<JsonDocument>(JsonDocument.Parse("\"a\""), JsonDocument.Parse("3"), JsonDocument.Parse("{\"a\": 1.50}")),
        new LawType<int[]>([], [1, int.MaxValue]),
        new LawType<string[]>([], ["a", "", "a,\"b", "NULL"]),
        new LawType<List<int>>([], [1, 2]),
    ];

    static JsonElement Json(string text) => JsonElement.Parse(text);
}
