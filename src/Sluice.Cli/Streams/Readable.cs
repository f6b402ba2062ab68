using System.Globalization;
using System.Text;

namespace Sluice.Cli.Streams;

/// <summary>
/// Texts of files, databases and command lines, made fit for people: a terminal obeys control characters, and some characters hide others.
/// </summary>
static class Readable
{
    /// <summary>The text in one line, in which what is no visible character is written as an escape.</summary>
    internal static string Line(string text) => Escape(text, keepsLines: false);

    /// <summary>The same, but for line breaks, where those are our own.</summary>
    internal static string Lines(string text) => Escape(text, keepsLines: true);

    static string Escape(string text, bool keepsLines)
    {
        var first = 0;
        while (first < text.Length && !IsEscaped(text, first, keepsLines))
            first++;
        if (first == text.Length)
            return text;
        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (!IsEscaped(text, i, keepsLines))
                escaped.Append(text[i]);
            else
                escaped.Append(text[i] switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", var other => Code(other) });
        }
        return escaped.ToString();
    }

    // As a shell reads them between $' and ': \x is a byte there.
    static string Code(char character) =>
        string.Create(CultureInfo.InvariantCulture, $"{(character < 128 ? $"\\x{(int)character:x2}" : $"\\u{(int)character:x4}")}");

    // Control characters, those that turn the direction of writing or break lines, and halves of pairs.
    static bool IsEscaped(string text, int place, bool keepsLines) => text[place] switch
    {
        '\n' => !keepsLines,
        >= ' ' and < '\x7f' => false,
        '\u061c' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' => true,
        var character when char.IsHighSurrogate(character) => place + 1 >= text.Length || !char.IsLowSurrogate(text[place + 1]),
        var character when char.IsLowSurrogate(character) => place == 0 || !char.IsHighSurrogate(text[place - 1]),
        var character => char.IsControl(character),
    };
}
