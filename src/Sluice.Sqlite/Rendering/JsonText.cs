using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Rendering;

/// <summary>Lists as JSON arrays: numbers and truth values as themselves, everything else as the text that a column would store.</summary>
static class JsonText
{
    /// <summary>A list that is sent as a parameter.</summary>
    internal static string Of(IEnumerable list)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var item in list)
            {
                if (item is byte[])
                    throw ValueProblems.BytesInList();
                Write(json, item);
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A list that is stored.</summary>
    internal static ReadOnlySpan<byte> Of<TElement>(ReadOnlySpan<TElement> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var item in values)
                Write(json, item is byte[] bytes ? Convert.ToHexString(bytes) : item);
            json.WriteEndArray();
        }
        return buffer.WrittenSpan;
    }

    static void Write(Utf8JsonWriter json, object? item)
    {
        switch (item)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteRawValue(((IFormattable)item).ToString(null, CultureInfo.InvariantCulture));
                break;
            case Enum number:
                json.WriteNumberValue(Convert.ToInt64(number, CultureInfo.InvariantCulture));
                break;
            case float or double:
                json.WriteRawValue(SqliteDialect.OfLibrary.Literal(item));
                break;
            case string text:
                json.WriteStringValue(text.Contains('\0', StringComparison.Ordinal) ? throw ValueProblems.NulInText() : text);
                break;
            default:
                json.WriteStringValue(SqliteDialect.TextOf(item));
                break;
        }
    }

    /// <summary>Reads a list back.</summary>
    internal static bool TryRead(string text, Type element, [NotNullWhen(true)] out Array? items)
    {
        items = null;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind is not JsonValueKind.Array)
                return false;
            var read = ArrayOf(element, json.RootElement.GetArrayLength());
            var type = Nullable.GetUnderlyingType(element) ?? element;
            var place = 0;
            foreach (var item in json.RootElement.EnumerateArray())
                read.SetValue(item.ValueKind is JsonValueKind.Null ? null : Item(item, type), place++);
            items = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The type of a list's elements; null where a type is no list.</summary>
    internal static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GenericTypeArguments[0] : null;

    /// <summary>A list of an array's elements, by name of each type: a program that is compiled ahead of time has no other.</summary>
    internal static IList? ListOf(Array items) => items switch
    {
        int[] all => new List<int>(all),
        long[] all => new List<long>(all),
        short[] all => new List<short>(all),
        bool[] all => new List<bool>(all),
        float[] all => new List<float>(all),
        double[] all => new List<double>(all),
        decimal[] all => new List<decimal>(all),
        string[] all => new List<string>(all),
        Guid[] all => new List<Guid>(all),
        DateTime[] all => new List<DateTime>(all),
        DateTimeOffset[] all => new List<DateTimeOffset>(all),
        DateOnly[] all => new List<DateOnly>(all),
        TimeOnly[] all => new List<TimeOnly>(all),
        TimeSpan[] all => new List<TimeSpan>(all),
        _ => null,
    };

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The array's type is one that the program names, as the type of what it reads.")]
    static Array ArrayOf(Type element, int length) => Array.CreateInstance(element, length);

    static object Item(JsonElement item, Type type)
    {
        var text = item.ValueKind is JsonValueKind.String ? item.GetString()! : item.GetRawText();
        if (type == typeof(string) || type == typeof(object))
            return text;
        if (type == typeof(bool))
            return item.GetBoolean();
        if (type.IsEnum)
            return Enum.Parse(type, text);
        if (type == typeof(Guid))
            return Guid.Parse(text);
        if (type == typeof(byte[]))
            return Convert.FromHexString(text);
        if (type == typeof(DateTime))
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (type == typeof(DateOnly))
            return DateOnly.Parse(text, CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly))
            return TimeOnly.Parse(text, CultureInfo.InvariantCulture);
        if (type == typeof(TimeSpan))
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        return OtherText.Takes(type) ? OtherText.Parse(text, type)
            : type == typeof(float) || type == typeof(double) ? Convert.ChangeType(double.Parse(text, CultureInfo.InvariantCulture), type,
                CultureInfo.InvariantCulture)
            : Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
    }
}
