using System.Text;
using System.Text.Json;

namespace Sluice.Files.Writing;

/// <summary>Whether a text can stand in JSON as it is.</summary>
static class JsonText
{
    internal static bool IsNested(ReadOnlySpan<char> text) => text.TrimStart() is ['{' or '[', ..] && IsDocument(text);

    /// <summary>Whether a document can stand in another one and be told from every other value there.</summary>
    /// <remarks>A string that reads like a document itself must stay in quotes twice: <see cref="OfString"/> takes it for that document otherwise.</remarks>
    internal static bool IsValue(ReadOnlySpan<char> text)
    {
        if (!IsDocument(text))
            return false;
        return text.Trim() is not ['"', ..] || !ReadsAsDocument(JsonElement.Parse(text.ToString()).GetString());
    }

    /// <summary>The document that a string of JSON stands for: the one that it reads as, else the string.</summary>
    internal static string OfString(ReadOnlySpan<char> text)
    {
        var value = text.ToString();
        return ReadsAsDocument(value) ? value : "\"" + JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
    }

    static bool ReadsAsDocument(ReadOnlySpan<char> text) => text.Trim() is ['{' or '[' or '"', ..] && IsDocument(text);

    /// <summary>Digits as JSON writes them: no sign before or zero behind it, no point at an end.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = text is ['-', ..] ? text[1..] : text;
        // Long ones too: most are short, and the reader decides about the rest.
        return digits is [>= '0' and <= '9', ..] && (digits.Length < 2 || digits[0] != '0' || digits[1] is '.' or 'e' or 'E') && IsDocument(text);
    }

    static bool IsDocument(ReadOnlySpan<char> text)
    {
        var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(text.Length * 3);
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), new JsonReaderOptions { MaxDepth = 1_000 });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
