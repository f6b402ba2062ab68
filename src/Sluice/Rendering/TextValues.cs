using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>
/// Where a database stores exact numbers, points in time and spans as texts: has them compared, ordered and computed with as what they are.
/// </summary>
/// <remarks>
/// Comparisons get a collation, and arithmetic and sums become functions, all of the connection's own. What finds a row by its key stays as
/// it is, for the key's index is in the order of the texts. The predicate that names a partial index stays too: it must be the index's own.
/// </remarks>
sealed class TextValues
{
    readonly SqlDialect _dialect;
    readonly string _prefix;
    readonly TextValueKinds _kinds;
    readonly TextComparisons _comparisons;

    TextValues(SqlDialect dialect, string prefix, StatementNode statement)
    {
        _dialect = dialect;
        _prefix = prefix;
        _kinds = new TextValueKinds(prefix, statement);
        _comparisons = new TextComparisons(dialect, prefix, _kinds);
    }

    internal static StatementNode Apply(SqlDialect dialect, StatementNode statement) =>
        dialect.Features.TextValues is { } prefix ? (StatementNode)new TextValues(dialect, prefix, statement).Visit(statement) : statement;

    Node Visit(Node node) => node is ConflictNode conflict
        ? conflict with { Set = conflict.Set.Map(s => (SetNode)Visit(s)), Where = conflict.Where is null ? null : (ExprNode)Visit(conflict.Where) }
        : Rewrite(node.Map(Visit));

    Node Rewrite(Node node) => node switch
    {
        BinaryNode { ByIndex: true } => node,
        BinaryNode { Operator: >= BinaryOperator.Equal and <= BinaryOperator.IsNotDistinctFrom } comparison =>
            _comparisons.Compare(comparison),
        BinaryNode { Operator: >= BinaryOperator.Add and <= BinaryOperator.Modulo } arithmetic => Compute(arithmetic),
        BetweenNode between => _comparisons.Between(between),
        InArrayNode among => _comparisons.InArray(among),
        InQueryNode among => among with { Operand = _comparisons.Operand(among.Operand, _kinds.OfQuery(among.Query)) },
        InTuplesNode among => among with { Operand = _comparisons.Operand(among.Operand, TextValueKind.None) },
        UnaryNode { Operator: UnaryOperator.Minus, Operand: not LiteralNode } minus when _kinds.Of(minus.Operand) is TextValueKind.Number =>
            Call("minus", minus.Operand),
        FunctionNode { IsCallers: false } function => Function(function),
        AggregateNode { Distinct: true, Function: FunctionNode function } aggregate =>
            aggregate with { Function = function with { Arguments = function.Arguments.Map(_comparisons.Ordered) } },
        CastNode { Type.Kind: SqlTypeKind.Numeric } cast => cast.Type.Scale is { } scale
            ? Call("decimal", cast.Operand, new LiteralNode(scale, SqlType.Integer))
            : Call("decimal", cast.Operand),
        CaseNode { Operand: { } operand } choice => choice with { Operand = _comparisons.Ordered(operand) },
        OrderNode order => order with { Expression = _comparisons.Ordered(order.Expression) },
        WindowNode window => window with { PartitionBy = window.PartitionBy.Map(_comparisons.Ordered) },
        SelectNode select => Select(select),
        CompoundNode compound => Compound(compound),
        _ => node,
    };

    ExprNode Compute(BinaryNode node)
    {
        var (left, right) = (_kinds.Of(node.Left), _kinds.Of(node.Right));
        if (left is TextValueKind.Number || right is TextValueKind.Number)
            return Call(NameOf(node.Operator), node.Left, node.Right);
        if (left is TextValueKind.Span && right is TextValueKind.Span && node.Operator is BinaryOperator.Add or BinaryOperator.Subtract)
            return Call("span_" + NameOf(node.Operator), node.Left, node.Right);
        return left is TextValueKind.None && right is TextValueKind.None
            ? node
            : throw RenderingProblems.Lacks(_dialect.Name, "arithmetic with points in time, and products of spans",
                "Compute it in the program.");
    }

    static string NameOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "add",
        BinaryOperator.Subtract => "subtract",
        BinaryOperator.Multiply => "multiply",
        BinaryOperator.Divide => "divide",
        _ => "modulo",
    };

    FunctionNode Call(string name, params ExprNode[] arguments) => new(_prefix + name, Seq.Of(arguments));

    ExprNode Function(FunctionNode node)
    {
        if (node.Arguments.Count == 0)
            return node;
        var kind = _kinds.Of(node.Arguments[0]);
        return (node.Name, kind) switch
        {
            (_, TextValueKind.None) => node,
            ("min" or "max" or "nullif", _) =>
                node with { Arguments = Seq.Of(node.Arguments.Skip(1).Prepend(_comparisons.Ordered(node.Arguments[0]))) },
            ("sum" or "avg" or "abs" or "round", TextValueKind.Number) => node with { Name = _prefix + node.Name },
            ("sum", TextValueKind.Span) => node with { Name = _prefix + "span_sum" },
            ("sum" or "avg" or "abs" or "round", _) =>
                throw RenderingProblems.Lacks(_dialect.Name, $"{node.Name} of points in time, or of spans", "Compute it in the program."),
            _ => node,
        };
    }

    Node Select(SelectNode select)
    {
        var ordered = select with
        {
            GroupBy = select.GroupBy.Map(_comparisons.Ordered),
            OrderBy = select.OrderBy.Map(order => ByItem(order, select)),
        };
        return select.Distinct ? ordered with { Items = select.Items.Map(ToldApart) } : ordered;
    }

    // A name in ORDER BY is that of an output column.
    OrderNode ByItem(OrderNode order, SelectNode select) => order.Expression is NameNode { Qualifier: null } name
        && select.Items.FirstOrDefault(i => i.Label == name.Name || (i.Label is null && Outputs.NameOf(i.Expression) == name.Name)) is { } item
            ? order with { Expression = _comparisons.Ordered(name, _kinds.Of(item.Expression)) }
            : order;

    // Without its collation rows would be told apart by their texts. A column keeps its name.
    ItemNode ToldApart(ItemNode item) => _comparisons.Ordered(item.Expression) is var told && ReferenceEquals(told, item.Expression)
        ? item
        : new ItemNode(told, item.Label ?? Outputs.NameOf(item.Expression));

    Node Compound(CompoundNode compound)
    {
        var first = First(compound);
        if (!compound.All)
            compound = compound with { Left = WithFirst(compound.Left, s => s with { Items = s.Items.Map(ToldApart) }) };
        return first is null ? compound : compound with { OrderBy = compound.OrderBy.Map(order => ByItem(order, first)) };
    }

    static SelectNode? First(QueryNode query) => query switch
    {
        SelectNode select => select,
        CompoundNode compound => First(compound.Left),
        _ => null,
    };

    // The first query decides how the rows of all are told apart.
    static QueryNode WithFirst(QueryNode query, Func<SelectNode, SelectNode> change) => query switch
    {
        SelectNode select => change(select),
        CompoundNode compound => compound with { Left = WithFirst(compound.Left, change) },
        _ => query,
    };
}
