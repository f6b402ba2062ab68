using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Rows;

/// <summary>Arrays as text, in braces as SQL writes them (<c>{1,NULL,"a b"}</c>) and in brackets as JSON does.</summary>
[Experimental(ExperimentalFor.Providers)]
public static class ArrayText
{
    static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of an array that is written in braces.</summary>
    /// <exception cref="ValueException">Its subscripts do not begin at 1, which JSON cannot say.</exception>
    internal static string ToJson(string text, SqlType element)
    {
        if (text.StartsWith('['))
            throw RowProblems.ArrayBounds();
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(text.Length + 16);
        using (var json = new Utf8JsonWriter(bytes, s_json))
        {
            var at = 0;
            Array(text, ref at, element.Kind, json);
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static void Array(string text, ref int at, SqlTypeKind element, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        at++;
        while (text[at] != '}')
        {
            if (text[at] == ',')
                at++;
            if (text[at] == '{')
                Array(text, ref at, element, json);
            else if (text[at] == '"')
                Element(Quoted(text, ref at), element, json);
            else
                Plain(text, ref at, element, json);
        }
        at++;
        json.WriteEndArray();
    }

    static void Plain(string text, ref int at, SqlTypeKind element, Utf8JsonWriter json)
    {
        var end = text.AsSpan(at).IndexOfAny(',', '}') + at;
        var value = text[at..end];
        at = end;
        if (value.Equals("NULL", StringComparison.OrdinalIgnoreCase))
            json.WriteNullValue();
        else
            Element(value, element, json);
    }

    static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; text[at] != '"'; at++)
        {
            if (text[at] == '\\')
                at++;
            value.Append(text[at]);
        }
        at++;
        return value.ToString();
    }

    static void Element(string value, SqlTypeKind element, Utf8JsonWriter json)
    {
        // Not every number of a database is one of JSON's: NaN and infinity stay words.
        var isNumber = element is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Real or SqlTypeKind.Double or SqlTypeKind.Numeric
            && !char.IsAsciiLetter(value[^1]);
        if (isNumber || element is SqlTypeKind.Json or SqlTypeKind.JsonB)
            json.WriteRawValue(value);
        else if (element is SqlTypeKind.Boolean)
            json.WriteBooleanValue(value is "t");
        else
            json.WriteStringValue(value);
    }

    /// <summary>The array in braces that a JSON array is; the text itself where it is none.</summary>
    public static string FromJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            var array = new StringBuilder(text.Length + 16);
            Array(document.RootElement, array);
            return array.ToString();
        }
        catch (JsonException)
        {
            return text;
        }
    }

    static void Array(JsonElement json, StringBuilder array)
    {
        array.Append('{');
        var isFirst = true;
        foreach (var element in json.EnumerateArray())
        {
            if (!isFirst)
                array.Append(',');
            isFirst = false;
            switch (element.ValueKind)
            {
                case JsonValueKind.Array: Array(element, array); break;
                case JsonValueKind.Null: array.Append("NULL"); break;
                case JsonValueKind.String: Quote(element.GetString()!, array); break;
                case JsonValueKind.Object: Quote(element.GetRawText(), array); break;
                default: array.Append(element.GetRawText()); break;
            }
        }
        array.Append('}');
    }

    static void Quote(string value, StringBuilder array) =>
        array.Append('"').Append(value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
}
