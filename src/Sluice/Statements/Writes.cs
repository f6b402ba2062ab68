namespace Sluice.Statements;

/// <summary>A statement that changes rows of one table.</summary>
abstract record WriteNode(TableFrom Target) : StatementNode
{
    internal Seq<ItemNode> Returning { get; init; } = [];
}

sealed record SetNode(string Column, ExprNode Value) : Node
{
    /// <summary>The table that the column was taken from, where that is known.</summary>
    internal FromId? Of { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with { Value = change.To(Value) };
}

/// <summary>An INSERT whose rows come from a query; without one, of a single row of defaults.</summary>
sealed record InsertNode(TableFrom Target, Seq<string> Columns, QueryNode? Source) : WriteNode(Target)
{
    internal string? Overriding { get; init; }

    internal ConflictNode? Conflict { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Source = change.ToMaybe(Source),
        Conflict = change.ToMaybe(Conflict),
        Returning = Returning.Map(change.To),
    };
}

sealed record ConflictNode(Seq<string> Columns, ExprNode? Predicate, string? Constraint, Seq<SetNode> Set, ExprNode? Where) : Node
{
    internal bool DoesNothing => Set.Count == 0;

    internal override Node Map(Func<Node, Node> change) =>
        this with { Predicate = change.ToMaybe(Predicate), Set = Set.Map(change.To), Where = change.ToMaybe(Where) };
}

sealed record UpdateNode(TableFrom Target, Seq<SetNode> Set, Seq<FromNode> From, ExprNode? Where) : WriteNode(Target)
{
    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Set = Set.Map(change.To),
        From = From.Map(change.To),
        Where = change.ToMaybe(Where),
        Returning = Returning.Map(change.To),
    };
}

sealed record DeleteNode(TableFrom Target, Seq<FromNode> Using, ExprNode? Where) : WriteNode(Target)
{
    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Using = Using.Map(change.To),
        Where = change.ToMaybe(Where),
        Returning = Returning.Map(change.To),
    };
}

sealed record MergeNode(TableFrom Target, FromNode Source, ExprNode On, Seq<MergeWhenNode> Whens) : WriteNode(Target)
{
    internal override Node Map(Func<Node, Node> change) => this with
    {
        With = With.Map(change.To),
        Source = change.To(Source),
        On = change.To(On),
        Whens = Whens.Map(change.To),
        Returning = Returning.Map(change.To),
    };
}

/// <summary>One WHEN of a MERGE: an insertion has columns, an update has SET, a deletion neither.</summary>
sealed record MergeWhenNode(bool Matched, ExprNode? Condition, MergeAction Action, Seq<SetNode> Set) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Condition = change.ToMaybe(Condition), Set = Set.Map(change.To) };
}

enum MergeAction
{
    Insert,
    Update,
    Delete,
    Nothing,
}
