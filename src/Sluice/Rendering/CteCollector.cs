using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>The CTEs that a statement uses, each once and after those that it uses itself.</summary>
static class CteCollector
{
    internal static IReadOnlyList<CteNode> Collect(StatementNode statement)
    {
        var found = new List<CteNode>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        statement.ForEachChild(Visit);
        return found;

        void Visit(Node node)
        {
            node.ForEachChild(Visit);
            if (node is CteNode cte && names.Add(cte.Name))
                found.Add(cte);
        }
    }
}
