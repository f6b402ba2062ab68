using System.Text;
using System.Text.Json;

namespace Sluice.Files.Writing;

/// <summary>Whether a text can stand in JSON as it is.</summary>
static class JsonText
{
    internal static bool IsNested(ReadOnlySpan<char> text) => text.TrimStart() is ['{' or '[', ..] && IsDocument(text);

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
