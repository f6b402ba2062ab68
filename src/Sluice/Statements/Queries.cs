namespace Sluice.Statements;

sealed record ItemNode(ExprNode Expression, string? Label) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Expression = change.To(Expression) };
}

sealed record SelectNode(Seq<ItemNode> Items) : QueryNode
{
    internal bool Distinct { get; init; }

    internal Seq<ExprNode> DistinctOn { get; init; } = [];

    internal Seq<FromNode> From { get; init; } = [];

    internal ExprNode? Where { get; init; }

    internal Seq<ExprNode> GroupBy { get; init; } = [];

    internal ExprNode? Having { get; init; }

    internal Seq<NamedWindow> Windows { get; init; } = [];

    internal Seq<OrderNode> OrderBy { get; init; } = [];

    internal ExprNode? Limit { get; init; }

    internal ExprNode? Offset { get; init; }

    internal LockNode? Lock { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Items = Items.Map(change.To),
        DistinctOn = DistinctOn.Map(change.To),
        From = From.Map(change.To),
        Where = change.ToMaybe(Where),
        GroupBy = GroupBy.Map(change.To),
        Having = change.ToMaybe(Having),
        Windows = Windows.Map(change.To),
        OrderBy = OrderBy.Map(change.To),
        Limit = change.ToMaybe(Limit),
        Offset = change.ToMaybe(Offset),
    };
}

sealed record NamedWindow(string Name, WindowNode Window) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Window = change.To(Window) };
}

sealed record LockNode(string Strength, Seq<FromId> Of, string? Wait);

sealed record CompoundNode(SetOperator Operator, bool All, QueryNode Left, QueryNode Right) : QueryNode
{
    internal Seq<OrderNode> OrderBy { get; init; } = [];

    internal ExprNode? Limit { get; init; }

    internal ExprNode? Offset { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Left = change.To(Left),
        Right = change.To(Right),
        OrderBy = OrderBy.Map(change.To),
        Limit = change.ToMaybe(Limit),
        Offset = change.ToMaybe(Offset),
    };
}

enum SetOperator
{
    Union,
    Intersect,
    Except,
}

sealed record ValuesNode(Seq<TupleNode> Rows) : QueryNode
{
    internal override Node Map(Func<Node, Node> change) => this with { With = With.Map(change.To), Rows = Rows.Map(change.To) };
}

/// <summary>A whole statement as the user's text.</summary>
sealed record TextStatementNode(TextNode Text) : QueryNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Text = change.To(Text) };
}

sealed record CteNode(string Name, Seq<string> Columns, StatementNode Body) : Node
{
    internal bool Recursive { get; init; }

    internal bool? Materialized { get; init; }

    internal CycleClause? Cycle { get; init; }

    internal SearchClause? Search { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with { Body = change.To(Body) };
}

sealed record CycleClause(Seq<string> Columns, string Mark, string Path);

sealed record SearchClause(bool DepthFirst, Seq<string> Columns, string Order);

sealed record TableFrom(FromId Id, Table Table) : FromNode
{
    public bool Equals(TableFrom? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode();

    internal override Node Map(Func<Node, Node> change) => this;
}

/// <summary>A CTE by its name. Without a definition it is the one that is being defined.</summary>
sealed record CteFrom(FromId Id, CteNode? Cte) : FromNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Cte = change.ToMaybe(Cte) };
}

sealed record QueryFrom(FromId Id, QueryNode Query, bool Lateral, Seq<string> Columns) : FromNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Query = change.To(Query) };
}

/// <summary>Arrays side by side as rows.</summary>
sealed record UnnestFrom(FromId Id, Seq<ExprNode> Arrays, Seq<string> Columns, Seq<SqlType> Types, string? Ordinality) : FromNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Arrays = Arrays.Map(change.To) };
}

sealed record JoinFrom(JoinKind Kind, FromNode Left, FromNode Right, ExprNode? On) : FromNode
{
    internal override Node Map(Func<Node, Node> change) =>
        this with { Left = change.To(Left), Right = change.To(Right), On = change.ToMaybe(On) };
}

enum JoinKind
{
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

/// <summary>What a FROM item is known by within a statement.</summary>
sealed record FromId(string? Schema, string Name, string? Alias)
{
    /// <summary>The name that columns are qualified with.</summary>
    internal string Qualifier => Alias ?? Name;
}

/// <summary>What is read along with the rows of a query, and is no part of its text.</summary>
abstract record ReadAlong
{
    /// <summary>What it is called in messages.</summary>
    internal abstract string Name { get; }
}
