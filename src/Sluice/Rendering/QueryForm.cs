using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Whether a statement is a query of which no part changes rows, as far as its form tells.</summary>
static class QueryForm
{
    internal static bool OnlyReads(Node node)
    {
        var onlyReads = node switch
        {
            WriteNode => false,
            TextStatementNode statement => QueryWords.OnlyRead(string.Join(" ? ", statement.Text.Parts)),
            _ => true,
        };
        node.ForEachChild(child => onlyReads = onlyReads && OnlyReads(child));
        return onlyReads;
    }
}
