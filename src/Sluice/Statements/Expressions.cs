
namespace Sluice.Statements;

/// <summary>A value that is sent beside the text.</summary>
sealed record ParamNode(object? Value, SqlType Type) : ExprNode
{
    public bool Equals(ParamNode? other) => other is not null && Type == other.Type;

    public override int GetHashCode() => Type.GetHashCode();

    internal override Node Map(Func<Node, Node> change) => this;
}

/// <summary>The place of a parameter, numbered in the order of the statement as it was built.</summary>
sealed record SlotNode(int Number, SqlType Type, SlotForm Form = SlotForm.Value, char? Escape = null) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

enum SlotForm
{
    Value,

    /// <summary>A list, sent as one value.</summary>
    List,

    /// <summary>A pattern of LIKE, in the form of the operator that tells capitals from small letters.</summary>
    CaseSensitivePattern,

    /// <summary>A text, or a list of them, that is only compared with a column, by the rules of the column's own type.</summary>
    Compared,
}

/// <summary>The value of a row of the source, in the statement that loads one row.</summary>
sealed record RowSlotNode(string Name, SqlType Type) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

/// <summary>A value that is part of the text.</summary>
sealed record LiteralNode(object? Value, SqlType Type) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

sealed record DefaultNode : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

sealed record ColumnNode(FromId From, string Name, SqlType? Type) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

/// <summary>A name alone: an output column in ORDER BY, a target of SET, EXCLUDED's columns by their qualifier.</summary>
sealed record NameNode(string? Qualifier, string Name) : ExprNode
{
    /// <summary>The type of the column that it stands for, where that is known.</summary>
    internal SqlType? Type { get; init; }

    internal override Node Map(Func<Node, Node> change) => this;
}

sealed record StarNode : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

sealed record UnaryNode(UnaryOperator Operator, ExprNode Operand) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand) };
}

sealed record BinaryNode(BinaryOperator Operator, ExprNode Left, ExprNode Right) : ExprNode
{
    /// <summary>Whether it finds rows by a key, which is compared as the key's index has it.</summary>
    internal bool ByIndex { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with { Left = change.To(Left), Right = change.To(Right) };
}

sealed record BetweenNode(ExprNode Operand, ExprNode Low, ExprNode High) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) =>
        this with { Operand = change.To(Operand), Low = change.To(Low), High = change.To(High) };
}

sealed record LikeNode(ExprNode Operand, ExprNode Pattern, char? Escape, bool IgnoreCase) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand), Pattern = change.To(Pattern) };
}

/// <summary>Whether a value is one of a list that is sent as one parameter.</summary>
sealed record InArrayNode(ExprNode Operand, ExprNode Array, SqlType Element) : ExprNode
{
    /// <summary>What else is looked for of each value: expressions in which {0} is the value.</summary>
    internal Seq<string> Forms { get; init; } = [];

    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand), Array = change.To(Array) };
}

sealed record InQueryNode(ExprNode Operand, QueryNode Query) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand), Query = change.To(Query) };
}

sealed record InTuplesNode(ExprNode Operand, Seq<ExprNode> Tuples) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand), Tuples = Tuples.Map(change.To) };
}

sealed record QuantifiedNode(ExprNode Operand, BinaryOperator Operator, Node Source, SqlType Element) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand), Source = change(Source) };
}

sealed record TupleNode(Seq<ExprNode> Items) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Items = Items.Map(change.To) };
}

sealed record ArrayNode(Seq<ExprNode> Items, SqlType Element) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Items = Items.Map(change.To) };
}

sealed record SubscriptNode(ExprNode Array, ExprNode Index) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Array = change.To(Array), Index = change.To(Index) };
}

sealed record CastNode(ExprNode Operand, SqlType Type) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand) };
}

/// <summary>A value that is compared and ordered in the form that it is stored in.</summary>
sealed record StoredNode(ExprNode Operand) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand) };
}

sealed record CollateNode(ExprNode Operand, string Collation) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Operand = change.To(Operand) };
}

sealed record JsonNode(ExprNode Document, ExprNode Key, bool AsText) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Document = change.To(Document), Key = change.To(Key) };
}

sealed record CaseNode(ExprNode? Operand, Seq<WhenNode> Whens, ExprNode? Else) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) =>
        this with { Operand = change.ToMaybe(Operand), Whens = Whens.Map(change.To), Else = change.ToMaybe(Else) };
}

sealed record WhenNode(ExprNode Condition, ExprNode Result) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Condition = change.To(Condition), Result = change.To(Result) };
}

sealed record FunctionNode(string Name, Seq<ExprNode> Arguments) : ExprNode
{
    /// <summary>Whether the caller named it, so that nothing is known of what it does.</summary>
    internal bool IsCallers { get; init; }

    /// <summary>The type that the caller says it has.</summary>
    internal SqlType? Type { get; init; }

    internal override Node Map(Func<Node, Node> change) => this with { Arguments = Arguments.Map(change.To) };
}

/// <summary>A function that databases write differently.</summary>
sealed record KnownFunctionNode(KnownFunction Function, Seq<ExprNode> Arguments, SqlType? Type = null) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Arguments = Arguments.Map(change.To) };
}

enum KnownFunction
{
    Now,
    Today,
    Greatest,
    Least,
    StringAggregate,
    PathToken,
    Position,
}

sealed record AggregateNode(ExprNode Function, bool Distinct, Seq<OrderNode> OrderBy, ExprNode? Filter,
    Seq<OrderNode> WithinGroup) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with
    {
        Function = change.To(Function),
        OrderBy = OrderBy.Map(change.To),
        Filter = change.ToMaybe(Filter),
        WithinGroup = WithinGroup.Map(change.To),
    };
}

sealed record OverNode(ExprNode Function, string? WindowName, WindowNode? Window) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Function = change.To(Function), Window = change.ToMaybe(Window) };
}

sealed record WindowNode(Seq<ExprNode> PartitionBy, Seq<OrderNode> OrderBy, FrameNode? Frame) : Node
{
    internal override Node Map(Func<Node, Node> change) =>
        this with { PartitionBy = PartitionBy.Map(change.To), OrderBy = OrderBy.Map(change.To), Frame = change.ToMaybe(Frame) };
}

sealed record FrameNode(FrameUnit Unit, BoundNode Start, BoundNode? End, FrameExclusion Exclusion) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Start = change.To(Start), End = change.ToMaybe(End) };
}

sealed record BoundNode(string Words, ExprNode? Offset) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Offset = change.ToMaybe(Offset) };
}

sealed record OrderNode(ExprNode Expression, bool Descending, NullOrder Nulls) : Node
{
    internal override Node Map(Func<Node, Node> change) => this with { Expression = change.To(Expression) };
}

sealed record ExistsNode(QueryNode Query) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Query = change.To(Query) };
}

sealed record ScalarQueryNode(QueryNode Query) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this with { Query = change.To(Query) };
}

/// <summary>A table's name, with another one where the statement gives it one, in text of the user's.</summary>
sealed record TableNameNode(TableFrom Table) : ExprNode
{
    internal override Node Map(Func<Node, Node> change) => this;
}

/// <summary>SQL text with parameters in its holes.</summary>
sealed record TextNode(Seq<string> Parts, Seq<ExprNode> Holes) : ExprNode
{
    /// <summary>Whether the caller wrote it, so that nothing is known of what it does.</summary>
    internal bool IsCallers { get; init; } = true;

    internal override Node Map(Func<Node, Node> change) => this with { Holes = Holes.Map(change.To) };
}

static class Changes
{
    internal static T To<T>(this Func<Node, Node> change, T node)
        where T : Node => (T)change(node);

    internal static T? ToMaybe<T>(this Func<Node, Node> change, T? node)
        where T : Node => node is null ? null : (T)change(node);
}
