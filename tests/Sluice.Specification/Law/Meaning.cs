using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Specification.Law;

/// <summary>What values mean, as text: two of one meaning are the same value, however a database or .NET writes them.</summary>
public static class Meaning
{
    const string Clock = "HH':'mm':'ss.FFFFFFF";
    const string Stamp = "yyyy-MM-dd HH':'mm':'ss.FFFFFFF";

    /// <summary>The meaning of a .NET value in a column, or null where it has none there and must be refused.</summary>
    public static string? Of(object? value, LawFamily family) => (family is LawFamily.Text ? Shown(value) : Bare(value)) switch
    {
        null => family is LawFamily.Json && value is not null ? "null" : "NULL",
        _ when family is LawFamily.Json => value is string or char ? Json(value.ToString()!) : JsonOf(value!),
        bool truth => family is LawFamily.Truth or LawFamily.Anything ? (truth ? "true" : "false") : family is LawFamily.Number ? (truth ? "1" : "0") : null,
        Enum label => family is LawFamily.Text or LawFamily.Label ? label.ToString() : IsNumber(family) ? Number(label.ToString("D")) : null,
        string text => OfText(text, family),
        char character => OfText(character.ToString(), family),
        byte[] bytes => family is LawFamily.Bytes or LawFamily.Anything ? Convert.ToHexStringLower(bytes) : null,
        Guid uuid => family is LawFamily.Uuid or LawFamily.Text or LawFamily.Anything ? uuid.ToString("D") : null,
        DateOnly date => family is LawFamily.Date or LawFamily.Text or LawFamily.Anything ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        TimeOnly time => family is LawFamily.Time or LawFamily.Text or LawFamily.Anything ? time.ToString(Clock, CultureInfo.InvariantCulture) : null,
        TimeSpan span => OfSpan(span, family),
        DateTime time => OfTime(time, family),
        DateTimeOffset time => family is LawFamily.ZonedTime ? time.ToString(Clock, CultureInfo.InvariantCulture) + " " + time.TotalOffsetMinutes.ToString(CultureInfo.InvariantCulture)
            : family is LawFamily.Timestamp or LawFamily.Text or LawFamily.Anything ? time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture) : null,
        float number => IsNumber(family) ? Number(number.ToString("R", CultureInfo.InvariantCulture)) : null,
        double number => IsNumber(family) ? Number(number.ToString("R", CultureInfo.InvariantCulture)) : null,
        JsonElement or JsonNode or JsonDocument => family is LawFamily.Text or LawFamily.Anything ? JsonOf(value!) : null,
        IFormattable number => IsNumber(family) ? Number(number.ToString(null, CultureInfo.InvariantCulture)) : null,
        IEnumerable list => family is LawFamily.Array or LawFamily.Text or LawFamily.Anything ? Json(JsonSerializer.Serialize(list.Cast<object>())) : null,
        _ => null,
    };

    /// <summary>The meaning of what is stored, as the one who stored the value would read it.</summary>
    internal static string Stored(object? stored, LawColumn column, object given)
    {
        var family = column.Family;
        if (stored is null or DBNull)
            return "NULL";
        if (stored is byte[] bytes)
            return Convert.ToHexStringLower(bytes);
        var text = stored is double number ? number.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(stored, CultureInfo.InvariantCulture)!;
        if (family is LawFamily.Json)
            return Json(text) ?? text;
        var value = family is LawFamily.Text ? Shown(given) : Bare(given);
        return value switch
        {
            string or char => Same(text, value.ToString()!, family),
            bool => text switch { "1" or "True" or "t" or "true" => family is LawFamily.Number ? "1" : "true", _ => family is LawFamily.Number ? "0" : "false" },
            Enum => family is LawFamily.Text or LawFamily.Label ? text : Number(text) ?? text,
            Guid => Guid.TryParse(text, out var uuid) ? uuid.ToString("D") : text,
            TimeOnly => Cut(text),
            TimeSpan when family is LawFamily.Time => Cut(text),
            TimeSpan => text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? Seconds(span) : Number(text) ?? text,
            DateTime when family is LawFamily.Date => text,
            DateTimeOffset when family is LawFamily.ZonedTime => Zoned(text),
            DateTime or DateTimeOffset => Moment(text),
            JsonElement or JsonNode or JsonDocument => Json(text) ?? text,
            IEnumerable => Json(text) ?? text,
            DateOnly => text,
            _ when (column.IsFloat || stored is double) && IsExactly(text, value!, column) => Of(value, family)!,
            _ => Number(text) ?? text,
        };
    }

    // A binary number is the given one too where both are the same to their last digit, which neither prints.
    static bool IsExactly(string stored, object given, LawColumn column) =>
        Binary(stored, column) is { } number && double.IsFinite(number)
        && Exact(number) == (given is float or double ? Exact(Convert.ToDouble(given, CultureInfo.InvariantCulture)) : Number(Convert.ToString(given, CultureInfo.InvariantCulture)!));

    static double? Binary(string text, LawColumn column) =>
        column.Type is "real" && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single) ? single
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string? Exact(double number)
    {
        if (!double.IsFinite(number))
            return null;
        var power = 0;
        for (; number != Math.Truncate(number); number *= 2)
            power++;
        // By 2 and by 5 as often is by 10.
        return Number(string.Create(CultureInfo.InvariantCulture, $"{new BigInteger(number) * BigInteger.Pow(5, power)}e-{power}"));
    }

    static object? Bare(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        JsonElement { ValueKind: JsonValueKind.Number } json => json.GetDecimal(),
        JsonDocument json => Bare(json.RootElement),
        JsonValue json => Bare(JsonElement.Parse(json.ToJsonString())),
        _ => value,
    };

    // A text takes of a document what it shows.
    static object? Shown(object? value) => value switch
    {
        JsonElement or JsonDocument or JsonNode => Bare(value) is null ? null : Bare(value) is string text ? text
            : value is JsonElement element ? element.GetRawText() : value is JsonDocument document ? document.RootElement.GetRawText() : ((JsonNode)value).ToJsonString(),
        _ => value,
    };

    static bool IsNumber(LawFamily family) => family is LawFamily.Number or LawFamily.Text or LawFamily.Anything or LawFamily.Truth;

    static string? OfText(string text, LawFamily family) => family switch
    {
        LawFamily.Text or LawFamily.Label or LawFamily.Anything => text,
        LawFamily.Number => Number(text),
        LawFamily.Uuid => Guid.TryParse(text, out var uuid) ? uuid.ToString("D") : null,
        LawFamily.Bytes or LawFamily.Truth or LawFamily.Array => null,
        // Sluice takes an edge of the calendar as text, and SQLite any text that is a time.
        _ => text,
    };

    static string Same(string stored, string given, LawFamily family) =>
        stored == given ? OfText(given, family) ?? given : family is LawFamily.Number ? Number(stored) ?? stored : family is LawFamily.Uuid ? stored.ToLowerInvariant() : stored;

    static string? OfSpan(TimeSpan span, LawFamily family) => family switch
    {
        LawFamily.Span or LawFamily.Text or LawFamily.Anything => Seconds(span),
        LawFamily.Time when span == TimeSpan.FromDays(1) => "24:00:00",
        LawFamily.Time when span >= TimeSpan.Zero && span < TimeSpan.FromDays(1) => TimeOnly.FromTimeSpan(span).ToString(Clock, CultureInfo.InvariantCulture),
        _ => null,
    };

    static string? OfTime(DateTime time, LawFamily family) => family switch
    {
        LawFamily.Date => time.TimeOfDay == TimeSpan.Zero ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        LawFamily.Timestamp or LawFamily.Text or LawFamily.Anything => time.ToString(Stamp, CultureInfo.InvariantCulture),
        _ => null,
    };

    static string Seconds(TimeSpan span) => Number((span.Ticks / 10_000_000m).ToString(CultureInfo.InvariantCulture))!;

    static string Cut(string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('0').TrimEnd('.') : time;

    static string Zoned(string text)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        var parts = text[(sign + 1)..].Split(':');
        var minutes = (int.Parse(parts[0], CultureInfo.InvariantCulture) * 60) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return $"{Cut(text[..sign])} {(text[sign] == '-' ? -minutes : minutes).ToString(CultureInfo.InvariantCulture)}";
    }

    static string Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture) : text;

    /// <summary>A number as its digits without zeros that add nothing and its exponent; null where the text is none.</summary>
    internal static string? Number(string text)
    {
        if (text is "NaN" or "Infinity" or "-Infinity" or "∞" or "-∞")
            return text.Replace("∞", "Infinity", StringComparison.Ordinal);
        var mark = text.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (mark >= 0 && !int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return null;
        var digits = mark < 0 ? text : text[..mark];
        if (digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return null;
        for (; !number.IsZero && number % 10 == 0; number /= 10)
            exponent++;
        return number.IsZero ? "0" : exponent == 0 ? number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{number}e{exponent}");
    }

    static string? JsonOf(object value) => value switch
    {
        JsonElement or JsonDocument or JsonNode => Json(JsonSerializer.Serialize(value)),
        _ => null,
    };

    static string? Json(string text)
    {
        try
        {
            return Canonical(JsonElement.Parse(text));
        }
        catch (Exception bad) when (bad is JsonException or ArgumentException)
        {
            return null;
        }
    }

    static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Canonical(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.Number => Number(json.GetRawText())!,
        JsonValueKind.String => $"'{json.GetString()}'",
        _ => json.GetRawText(),
    };
}
