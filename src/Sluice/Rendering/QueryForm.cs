using System.Text.RegularExpressions;
using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Whether a query is one that only reads, as far as its form tells.</summary>
static partial class QueryForm
{
    internal static bool IsSelect(StatementNode query) =>
        query is TextStatementNode { Text: var text } ? SelectWord().IsMatch(text.Parts[0]) : !Writes(query);

    static bool Writes(Node node)
    {
        if (node is WriteNode)
            return true;
        var writes = false;
        node.ForEachChild(child => writes |= Writes(child));
        return writes;
    }

    [GeneratedRegex(@"^(\s|\(|--[^\n]*\n|/\*.*?\*/)*(SELECT|VALUES|TABLE)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SelectWord();
}
