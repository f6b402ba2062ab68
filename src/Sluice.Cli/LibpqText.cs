using System.Text;

namespace Sluice.Cli;

/// <summary>
/// The keywords and values that psql and every other program on libpq take: <c>host=db user=ann password='it\'s a secret'</c>.
/// </summary>
/// <remarks>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE</remarks>
static class LibpqText
{
    /// <summary>The keywords and their values in order, or null where the text is not of this form.</summary>
    internal static List<KeyValuePair<string, string>>? Read(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        var place = 0;
        while (Skip(text, ref place))
        {
            var begin = place;
            while (place < text.Length && text[place] is not '=' && !char.IsWhiteSpace(text[place]))
                place++;
            var keyword = text[begin..place];
            if (keyword.Length == 0 || !Skip(text, ref place) || text[place++] is not '=')
                return null;
            if (ReadValue(text, ref place) is not { } value)
                return null;
            pairs.Add(new(keyword, value));
        }
        return pairs.Count > 0 ? pairs : null;
    }

    /// <summary>Goes to the next character that is no blank, and tells whether there is one.</summary>
    static bool Skip(string text, ref int place)
    {
        while (place < text.Length && char.IsWhiteSpace(text[place]))
            place++;
        return place < text.Length;
    }

    // A backslash takes the next character as it is, within quotes and without.
    static string? ReadValue(string text, ref int place)
    {
        if (!Skip(text, ref place))
            return "";
        var isQuoted = text[place] is '\'';
        if (isQuoted)
            place++;
        var value = new StringBuilder();
        for (; place < text.Length; place++)
        {
            var character = text[place];
            if (isQuoted ? character is '\'' : char.IsWhiteSpace(character))
                break;
            if (character is '\\' && place + 1 < text.Length)
                character = text[++place];
            value.Append(character);
        }
        if (!isQuoted)
            return value.ToString();
        // The next keyword begins behind a blank.
        return place < text.Length && (++place == text.Length || char.IsWhiteSpace(text[place])) ? value.ToString() : null;
    }
}
