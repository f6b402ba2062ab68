using System.Text;
using System.Text.Json;

namespace Sluice.Files.Writing;

/// <summary>Whether a text can stand in JSON as it is.</summary>
static class JsonText
{
    internal static bool IsNested(ReadOnlySpan<char> text) => text.TrimStart() is ['{' or '[', ..] && IsDocument(text);

    /// <summary>Whether a document can stand in another one and come back from there as it is.</summary>
    /// <remarks>
    /// What reads like another value there must stay in quotes once more: the document null, which would be no value, and a string that
    /// reads like a document itself, which <see cref="OfString"/> takes it for otherwise.
    /// </remarks>
    /// <param name="text">The document.</param>
    /// <param name="keepsText">Whether the column keeps the document's text, rather than its value.</param>
    internal static bool IsValue(ReadOnlySpan<char> text, bool keepsText)
    {
        if (text.Trim() is "null" || !IsDocument(text))
            return false;
        if (text.Trim() is not ['"', ..])
            return true;
        var value = JsonElement.Parse(text.ToString()).GetString()!;
        return !ReadsAsDocument(value) && (!keepsText || text.SequenceEqual(OfString(value)));
    }

    /// <summary>The document that a string of JSON stands for: the one that it reads as, else the string.</summary>
    internal static string OfString(ReadOnlySpan<char> text)
    {
        if (ReadsAsDocument(text))
            return text.ToString();
        var document = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => document.Append("\\\""),
                '\\' => document.Append("\\\\"),
                '\n' => document.Append("\\n"),
                '\r' => document.Append("\\r"),
                '\t' => document.Append("\\t"),
                < ' ' => document.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => document.Append(character),
            };
        }
        return document.Append('"').ToString();
    }

    static bool ReadsAsDocument(ReadOnlySpan<char> text) => text.Trim() is ['{' or '[' or '"', ..] or "null" && IsDocument(text);

    /// <summary>Digits as JSON writes them: no sign before or zero behind it, no point at an end.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> text)
    {
        var digits = text is ['-', ..] ? text[1..] : text;
        // Long ones too: most are short, and the reader decides about the rest.
        return digits is [>= '0' and <= '9', ..] && (digits.Length < 2 || digits[0] != '0' || digits[1] is '.' or 'e' or 'E')
            && IsDocument(text);
    }

    static bool IsDocument(ReadOnlySpan<char> text)
    {
        var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(text.Length * 3);
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)),
                new JsonReaderOptions { MaxDepth = 1_000 });
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
