using System.Text.RegularExpressions;

namespace Sluice.Rendering;

/// <summary>Tells a query from a statement that writes by the words of its text.</summary>
/// <remarks>
/// What is in doubt writes: that costs a query the transaction that only reads, while a statement that writes would be refused in it.
/// </remarks>
static partial class QueryWords
{
    internal static bool OnlyRead(string sql)
    {
        var words = Word().Matches(sql).Where(word => word.Groups["word"].Success).Select(word => word.Value.ToUpperInvariant()).ToList();
        var first = words.FindIndex(word => word is not "(");
        return first >= 0 && words[first] switch
        {
            "SELECT" or "VALUES" or "TABLE" => true,
            "WITH" => BehindWith(words, first + 1),
            _ => false,
        };
    }

    // The parts of WITH are in brackets, and the statement that they are for follows the last bracket.
    static bool BehindWith(List<string> words, int start)
    {
        var (depth, reads) = (0, false);
        for (var i = start; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "(":
                    depth++;
                    break;
                case ")":
                    depth--;
                    break;
                case "SELECT" or "VALUES" or "TABLE":
                    reads |= depth <= 0;
                    break;
                case "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "REPLACE" when BeginsStatement(words, i, depth):
                    return false;
            }
        }
        return reads;
    }

    // Not a function's name, nor the strength of a lock.
    static bool BeginsStatement(List<string> words, int at, int depth) =>
        (at + 1 == words.Count || words[at + 1] is not "(")
            && (depth > 0 ? words[at - 1] is "(" or ")" : words[at - 1] is not ("FOR" or "KEY"));

    // Words and brackets, and what may hold some that do not count: texts, names in quotes, and comments.
    [GeneratedRegex(
        """
        (?<!\w)[Ee]'(?:[^'\\]|\\.|'')*'?|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|\[[^\]]*\]?|--[^\n]*|/\*.*?(?:\*/|$)|(?<tag>\$(?:[A-Za-z_]\w*)?\$).*?(?:\k<tag>|$)|(?<word>[A-Za-z_]\w*|[()])
        """,
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
