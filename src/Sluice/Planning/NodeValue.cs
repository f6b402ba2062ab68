using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>
/// A part of a statement as a plan holds it: equal to another one of the same structure whose parameters have the same values.
/// </summary>
sealed class NodeValue(Node node) : IEquatable<NodeValue>
{
    internal Node Node => node;

    internal static NodeValue? Of(SqlExpr? expression) => expression is null ? null : new(expression.Node);

    public bool Equals(NodeValue? other) => other is not null && node.Equals(other.Node)
        && System.Collections.StructuralComparisons.StructuralEqualityComparer.Equals(ValuesOf(node), ValuesOf(other.Node));

    public override bool Equals(object? obj) => Equals(obj as NodeValue);

    public override int GetHashCode() => node.GetHashCode();

    static object?[] ValuesOf(Node node)
    {
        var values = new List<object?>();
        Collect(node);
        return [.. values];

        void Collect(Node part)
        {
            if (part is ParamNode parameter)
                values.Add(parameter.Value);
            part.ForEachChild(Collect);
        }
    }
}
