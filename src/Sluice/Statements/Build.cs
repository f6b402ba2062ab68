
namespace Sluice.Statements;

/// <summary>Makes nodes from what users write: gives parameters the type of what they are compared with, and null its own test.</summary>
static class Build
{
    internal static SqlExpr<T> Param<T>(T value)
    {
        var type = SqlType.For(typeof(T));
        return new SqlExpr<T>(new ParamNode(value, type), type);
    }

    /// <summary>The node of an operand, a parameter with the type of the other side where that is known.</summary>
    internal static ExprNode Typed(SqlExpr operand, SqlType? other)
    {
        ArgumentNullException.ThrowIfNull(operand);
        if (operand.Node is not ParamNode parameter || other is null || parameter.Type == other)
            return operand.Node;
        return parameter.Value switch
        {
            Enum when Family(other.Kind) == Texts => parameter with { Type = Bare(other) },
            DateTimeOffset when other.Kind is SqlTypeKind.TimeTz => parameter with { Type = Bare(other) },
            // A day is compared with a time as its midnight, in no zone.
            DateTime time when other.Kind is SqlTypeKind.Date =>
                new ParamNode(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), SqlType.Timestamp),
            _ when SameFamily(parameter.Type, other) => parameter with { Type = Bare(other) },
            _ => parameter,
        };
    }

    // Lengths and scales are the column's business when it stores a value, not when one is compared with it.
    internal static SqlType Bare(SqlType type) =>
        type.Kind is SqlTypeKind.Enum or SqlTypeKind.Other or SqlTypeKind.Array ? type : new SqlType(type.Kind);

    static bool SameFamily(SqlType given, SqlType wanted) =>
        Family(given.Kind) == Family(wanted.Kind) || wanted.Kind is SqlTypeKind.Enum or SqlTypeKind.Other;

    const int Texts = 1;

    static int Family(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Enum or SqlTypeKind.Json or SqlTypeKind.JsonB => Texts,
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => 2,
        SqlTypeKind.Real or SqlTypeKind.Double or SqlTypeKind.Numeric => 3,
        _ => 10 + (int)kind,
    };

    internal static ExprNode Operand(SqlExpr operand)
    {
        ArgumentNullException.ThrowIfNull(operand);
        return operand.Node;
    }

    internal static QueryNode Query(SqlQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.QueryNode;
    }

    internal static SqlBool Equal<T>(SqlExpr<T>? left, SqlExpr<T>? right, bool negated)
    {
        var isNull = negated ? UnaryOperator.IsNotNull : UnaryOperator.IsNull;
        if (IsNull(right))
            return new SqlBool(new UnaryNode(isNull, Operand(left!)));
        if (IsNull(left))
            return new SqlBool(new UnaryNode(isNull, Operand(right!)));
        return Compare(negated ? BinaryOperator.NotEqual : BinaryOperator.Equal, left!, right!);
    }

    static bool IsNull(SqlExpr? operand) => operand is null || operand.Node is ParamNode { Value: null } or LiteralNode { Value: null };

    internal static SqlBool Compare<T>(BinaryOperator op, SqlExpr<T> left, SqlExpr<T> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new SqlBool(new BinaryNode(op, Typed(left, right.Type), Typed(right, left.Type)));
    }

    internal static SqlExpr<T> Arithmetic<T>(BinaryOperator op, SqlExpr<T> left, SqlExpr<T> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new SqlExpr<T>(new BinaryNode(op, Typed(left, right.Type), Typed(right, left.Type)),
            left.Node is ParamNode ? right.Type : left.Type);
    }

    internal static SqlBool In<T>(SqlExpr<T> operand, T[] values)
    {
        var element = operand.Type is { } type ? Bare(type) : SqlType.For(typeof(T));
        return new SqlBool(new InArrayNode(operand.Node, new ParamNode(values, SqlType.ArrayOf(element)), element));
    }

    /// <summary>Values as parts of the text: a planner matches an index's predicate with constants only.</summary>
    internal static ExprNode Inline(ExprNode node)
    {
        return (ExprNode)Visit(node);

        static Node Visit(Node node) => node is ParamNode parameter ? new LiteralNode(parameter.Value, parameter.Type) : node.Map(Visit);
    }

    internal static Seq<ExprNode> Operands(IEnumerable<SqlExpr> operands) => Seq.Of(operands.Select(Operand));

    internal static Seq<OrderNode> Orders(IEnumerable<SqlOrder> orders) => Seq.Of(orders.Select(o => o.Node));

    internal static Seq<ItemNode> Items(IEnumerable<SqlExpr> items) => Seq.Of(items.Select(i => i.Item));

    internal static Seq<ItemNode> AllOf(SqlFrom from) =>
        Seq.Of(from.OutputColumns.Select(c => new ItemNode(new ColumnNode(from.Id, c.Name, c.Type), null)));

    internal static ExprNode And(ExprNode? first, ExprNode second) =>
        first is null ? second : new BinaryNode(BinaryOperator.And, first, second);

    /// <summary>Sets a column of a table, which must be the statement's own.</summary>
    internal static SetNode Set<T>(Column<T> column, SqlExpr value) => Set(column.Description, value) with { Of = column.From };

    internal static SetNode Set(Column column, SqlExpr value) => new(column.Name, Typed(value, column.Type));
}
