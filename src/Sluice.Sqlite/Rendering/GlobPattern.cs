using System.Text;

namespace Sluice.Sqlite.Rendering;

/// <summary>Patterns of LIKE as patterns of GLOB, which tells capitals from small letters.</summary>
static class GlobPattern
{
    internal static string Of(string pattern, char? escape)
    {
        var glob = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == (escape ?? '\\') && i + 1 < pattern.Length)
                Literal(glob, pattern[++i]);
            else if (character == '%')
                glob.Append('*');
            else if (character == '_')
                glob.Append('?');
            else
                Literal(glob, character);
        }
        return glob.ToString();
    }

    static void Literal(StringBuilder glob, char character)
    {
        if (character is '*' or '?' or '[')
            glob.Append('[').Append(character).Append(']');
        else
            glob.Append(character);
    }
}
