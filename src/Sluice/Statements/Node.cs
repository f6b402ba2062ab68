namespace Sluice.Statements;

/// <summary>A part of a statement: immutable, equal to another one of the same structure, whatever their parameters' values.</summary>
abstract record Node
{
    /// <summary>The node with each of its children replaced, or the node itself where none changes.</summary>
    internal abstract Node Map(Func<Node, Node> change);

    internal void ForEachChild(Action<Node> visit) => Map(child =>
    {
        visit(child);
        return child;
    });
}

abstract record ExprNode : Node;

abstract record FromNode : Node;

abstract record StatementNode : Node
{
    /// <summary>CTEs that the statement lists though nothing in it may name them.</summary>
    internal Seq<CteNode> With { get; init; } = [];
}

abstract record QueryNode : StatementNode;
