using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>Comparisons of values that are stored as texts.</summary>
sealed class TextComparisons(SqlDialect dialect, string prefix, TextValueKinds kinds)
{
    /// <summary>A value in the order of what it is, where its texts have another one.</summary>
    internal ExprNode Ordered(ExprNode value) => Ordered(value, kinds.Of(value));

    /// <inheritdoc cref="Ordered(ExprNode)"/>
    internal ExprNode Ordered(ExprNode value, TextValueKind kind) =>
        CollationOf(kind) is { } collation && value is not CollateNode ? new CollateNode(value, collation) : value;

    string? CollationOf(TextValueKind kind) => kind switch
    {
        TextValueKind.Number => prefix + "number",
        TextValueKind.Moment => prefix + "moment",
        TextValueKind.Span => prefix + "span",
        _ => null,
    };

    internal ExprNode Compare(BinaryNode node)
    {
        if (node is { Left: TupleNode left, Right: TupleNode right })
            return node with { Left = new TupleNode(Seq.Of(left.Items.Select((item, i) => Ordered(item, KindOf(item, right.Items[i]))))) };
        var kind = KindOf(node.Left, node.Right);
        if (node.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual && AnyForm(node, kind) is { } found)
            return found;
        if (kind is TextValueKind.None || node.Left is CollateNode || node.Right is CollateNode)
            return node;
        if (kind is TextValueKind.Moment)
            return Bounded(node with { Left = Ordered(node.Left, kind) }, node);
        var (one, other) = kind is TextValueKind.Number ? (Exact(node.Left), Exact(node.Right)) : (node.Left, node.Right);
        return node with { Left = Ordered(one, kind), Right = other };
    }

    // Two columns without offsets are compared as they are.
    TextValueKind KindOf(ExprNode left, ExprNode right)
    {
        if (left is StoredNode || right is StoredNode)
            return TextValueKind.None;
        var (one, other) = (kinds.Of(left), kinds.Of(right));
        if (one is TextValueKind.PlainMoment && other is TextValueKind.PlainMoment)
            return TextValueKind.None;
        var kind = one is TextValueKind.None ? other : one;
        return kind is TextValueKind.PlainMoment ? TextValueKind.Moment : kind;
    }

    // What may be a number of the database's own is made a text, which the other side is; a constant too.
    ExprNode Exact(ExprNode value) => value switch
    {
        LiteralNode { Value: not null and not string } literal => literal with { Value = dialect.Format(literal.Value) },
        TextNode or JsonNode or ScalarQueryNode or FunctionNode { IsCallers: true } => new FunctionNode(prefix + "decimal", [value]),
        _ => value,
    };

    /// <summary>Equality by an index where a key's value may have been stored in several forms: every form is looked for.</summary>
    ExprNode? AnyForm(BinaryNode node, TextValueKind kind)
    {
        var (column, value) = node.Left is ColumnNode && (kinds.IsKey(node.Left) || node.Right is not ColumnNode)
            ? (node.Left, node.Right)
            : (node.Right, node.Left);
        if (column is not ColumnNode || value is not (SlotNode or RowSlotNode or ColumnNode))
            return null;
        ExprNode[] forms;
        if (IsGuid(column) || IsGuid(value))
        {
            // A text too is an identifier there, however it is written.
            value = value is SlotNode slot ? slot with { Type = new SqlType(SqlTypeKind.Uuid) } : value;
            forms = value is ColumnNode ? [] : [.. dialect.Features.GuidForms.Select(form => FormOf(value, form))];
        }
        else if (kind is TextValueKind.Number && kinds.IsKey(column))
            forms = [new FunctionNode(prefix + "other", [value])];
        else
            return kind is TextValueKind.Span && kinds.IsKey(column) ? node : null;
        if (forms.Length == 0)
            return node;
        List<string> parts = ["", node.Operator is BinaryOperator.Equal ? " IN (" : " NOT IN (", .. Enumerable.Repeat(", ", forms.Length), ")"];
        return new TextNode(Seq.Of(parts), Seq.Of(forms.Prepend(value).Prepend(column)));
    }

    static bool IsGuid(ExprNode node) => node switch
    {
        ColumnNode column => column.Type?.Kind is SqlTypeKind.Uuid,
        SlotNode slot => slot.Type.Kind is SqlTypeKind.Uuid,
        RowSlotNode slot => slot.Type.Kind is SqlTypeKind.Uuid,
        _ => false,
    };

    static TextNode FormOf(ExprNode value, string form)
    {
        var parts = form.Split("{0}");
        return new TextNode(Seq.Of(parts), Seq.Of(Enumerable.Repeat(value, parts.Length - 1)));
    }

    /// <summary>Adds what follows from a comparison of times, but which an index in the order of the texts can be searched by.</summary>
    ExprNode Bounded(ExprNode comparison, BinaryNode node)
    {
        if (node.Left is ColumnNode)
            comparison = Within(comparison, node.Left, node.Operator, node.Right);
        return node.Right is ColumnNode ? Within(comparison, node.Right, Turned(node.Operator), node.Left) : comparison;
    }

    ExprNode Within(ExprNode comparison, ExprNode column, BinaryOperator op, ExprNode value)
    {
        if (op is BinaryOperator.Equal or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual)
            comparison = Build.And(comparison,
                new BinaryNode(BinaryOperator.GreaterOrEqual, column, new FunctionNode(prefix + "floor", [value])));
        if (op is BinaryOperator.Equal or BinaryOperator.Less or BinaryOperator.LessOrEqual)
            comparison = Build.And(comparison, new BinaryNode(BinaryOperator.Less, column, new FunctionNode(prefix + "ceiling", [value])));
        return comparison;
    }

    static BinaryOperator Turned(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => op,
    };

    internal ExprNode Between(BetweenNode node)
    {
        var kind = kinds.Of(node.Operand) is TextValueKind.None ? KindOf(node.Low, node.High) : KindOf(node.Operand, node.Low);
        if (kind is TextValueKind.None || node.Operand is CollateNode)
            return node;
        if (kind is TextValueKind.Number)
            return new BetweenNode(Ordered(Exact(node.Operand), kind), Exact(node.Low), Exact(node.High));
        var between = node with { Operand = Ordered(node.Operand, kind) };
        return kind is TextValueKind.Moment && node.Operand is ColumnNode
            ? Within(Within(between, node.Operand, BinaryOperator.GreaterOrEqual, node.Low), node.Operand, BinaryOperator.LessOrEqual,
                node.High)
            : between;
    }

    /// <summary>A list of values: those of a key are looked for in every form, others are compared.</summary>
    internal ExprNode InArray(InArrayNode node)
    {
        var kind = kinds.Of(node.Operand) is var own && own is TextValueKind.None ? TextValueKinds.Of(node.Element) : own;
        if (kinds.IsKey(node.Operand))
        {
            return kind switch
            {
                TextValueKind.Number => node with { Forms = [prefix + "other({0})"] },
                TextValueKind.Moment or TextValueKind.PlainMoment => node with { Forms = [prefix + "utc({0})"] },
                _ => node,
            };
        }
        return node with { Operand = Operand(node.Operand, kind) };
    }

    /// <summary>What is looked for among others, in the order of what it is.</summary>
    internal ExprNode Operand(ExprNode operand, TextValueKind other)
    {
        if (operand is TupleNode tuple)
            return tuple with { Items = tuple.Items.Map(item => Operand(item, TextValueKind.None)) };
        var kind = kinds.Of(operand) is TextValueKind.None ? other : kinds.Of(operand);
        return Ordered(operand, kind is TextValueKind.PlainMoment ? TextValueKind.Moment : kind);
    }
}
