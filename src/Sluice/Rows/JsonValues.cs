using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>Values of JSON among the values of a row, as what a deserializer makes of a document whose types it does not know.</summary>
static class JsonValues
{
    // More digits a decimal may round.
    const int DecimalDigits = 28;

    /// <summary>Whether a value is one of JSON.</summary>
    internal static bool Is(object? value) => value is JsonElement or JsonNode or JsonDocument;

    /// <summary>Whether a type is one of JSON.</summary>
    internal static bool IsType<T>() => typeof(T).IsValueType
        ? typeof(T) == typeof(JsonElement) || typeof(T) == typeof(JsonElement?)
        : typeof(T) == typeof(JsonNode) || typeof(T) == typeof(JsonDocument);

    /// <summary>The value of a document, which a column of texts may hold as well as one of documents.</summary>
    internal static T Parse<T>(string document) =>
        typeof(T) == typeof(JsonNode) ? (T)(object)JsonNode.Parse(document)!
            : typeof(T) == typeof(JsonDocument) ? (T)(object)JsonDocument.Parse(document)
            : (T)(object)JsonElement.Parse(document);

    /// <summary>
    /// Writes a value of JSON to a column: the document to a column of documents, to any other the text, number or truth value that it is.
    /// </summary>
    internal static void Write<TSink>(object value, SqlTypeKind column, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var element = value switch
        {
            JsonElement json => json,
            JsonDocument json => json.RootElement,
            // A node may hold any .NET value; its text is JSON.
            _ => JsonElement.Parse(((JsonNode)value).ToJsonString()),
        };
        if (element.ValueKind is JsonValueKind.Undefined)
            sink.WriteNull();
        else if (column is SqlTypeKind.Json or SqlTypeKind.JsonB)
            sink.Write(element.GetRawText());
        else
            WriteBare(element, column, ref sink);
    }

    static void WriteBare<TSink>(JsonElement element, SqlTypeKind column, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: sink.WriteNull(); break;
            case JsonValueKind.String: sink.Write(element.GetString()!); break;
            case JsonValueKind.True or JsonValueKind.False when !IsText(column): sink.Write(element.GetBoolean()); break;
            case JsonValueKind.Number when !IsText(column): Number(element, column, ref sink); break;
            // A text column takes what the document shows.
            default: sink.Write(element.GetRawText()); break;
        }
    }

    static void Number<TSink>(JsonElement element, SqlTypeKind column, ref TSink sink)
        where TSink : struct, IRowSink
    {
        var digits = JsonMarshal.GetRawUtf8Value(element);
        if (element.TryGetInt64(out var whole))
            sink.Write(whole);
        else if (digits.Length <= DecimalDigits && !digits.ContainsAny((byte)'e', (byte)'E') && element.TryGetDecimal(out var exact))
            sink.Write(exact);
        else if (column is SqlTypeKind.Numeric)
            sink.Write(element.GetRawText());
        else
            sink.Write(element.GetDouble());
    }

    static bool IsText(SqlTypeKind column) => column is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char;
}
