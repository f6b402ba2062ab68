using Sluice.Statements;

namespace Sluice;

/// <summary>Several values compared as one.</summary>
public sealed class SqlTuple
{
    readonly IReadOnlyList<SqlExpr> _items;

    internal SqlTuple(IReadOnlyList<SqlExpr> items)
    {
        if (items.Count < 2)
            throw new ArgumentException("A tuple has at least two values.", nameof(items));
        _items = items;
    }

    TupleNode Node => new(Build.Operands(_items));

    /// <summary>Whether the values are one row of a query's.</summary>
    public SqlBool In(SqlQuery query) => new(new InQueryNode(Node, Build.Query(query)));

    /// <summary>Whether the values are one of the tuples. No tuples at all are no match.</summary>
    public SqlBool In(params SqlTuple[] tuples)
    {
        if (tuples.Any(t => t._items.Count != _items.Count))
            throw new ArgumentException($"Each tuple needs {_items.Count} values, as the one on the left has.", nameof(tuples));
        return tuples.Length == 0
            ? new SqlBool(new LiteralNode(false, SqlType.Boolean))
            : new SqlBool(new InTuplesNode(Node, Seq.Of(tuples.Select(t => (ExprNode)t.TypedAs(_items)))));
    }

    /// <summary>Whether both are the same, value by value.</summary>
    public SqlBool EqualTo(SqlTuple other) => new(new BinaryNode(BinaryOperator.Equal, Node, other.TypedAs(_items)));

    /// <summary>Whether this one comes after the other, the first values deciding first.</summary>
    public SqlBool GreaterThan(SqlTuple other) => new(new BinaryNode(BinaryOperator.Greater, Node, other.TypedAs(_items)));

    /// <summary>Whether this one comes before the other, the first values deciding first.</summary>
    public SqlBool LessThan(SqlTuple other) => new(new BinaryNode(BinaryOperator.Less, Node, other.TypedAs(_items)));

    TupleNode TypedAs(IReadOnlyList<SqlExpr> others) => new(Seq.Of(_items.Select((item, i) => Build.Typed(item, others[i].Type))));
}

/// <summary>A CASE that can have more WHENs.</summary>
public sealed class SqlCase<T> : SqlExpr<T>
{
    readonly ExprNode? _operand;
    readonly Seq<WhenNode> _whens;

    internal SqlCase(ExprNode? operand, Seq<WhenNode> whens, SqlType? type)
        : base(new CaseNode(operand, whens, null), type)
    {
        _operand = operand;
        _whens = whens;
    }

    /// <summary>Another condition, asked where those before do not hold.</summary>
    public SqlCase<T> When(SqlBool condition, SqlExpr<T> result) => new(_operand, _whens.Add(new WhenNode(Build.Operand(condition), Build.Typed(result, Type))), Type);

    /// <summary>The value where none holds; null without it.</summary>
    public SqlExpr<T> Else(SqlExpr<T> result) => new(new CaseNode(_operand, _whens, Build.Typed(result, Type)), Type);
}

/// <summary>A CASE by a value, before its first WHEN.</summary>
public sealed class SqlCaseOf<TValue>
{
    readonly SqlExpr<TValue> _value;
    readonly Seq<WhenNode> _whens;

    internal SqlCaseOf(SqlExpr<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
        _whens = [];
    }

    /// <summary>The result for a value.</summary>
    public SqlCaseWhen<TValue, TResult> When<TResult>(SqlExpr<TValue> value, SqlExpr<TResult> result) =>
        new(_value, _whens.Add(new WhenNode(Build.Typed(value, _value.Type), Build.Operand(result))), result.Type);
}

/// <summary>A CASE by a value that can have more WHENs.</summary>
public sealed class SqlCaseWhen<TValue, T> : SqlExpr<T>
{
    readonly SqlExpr<TValue> _value;
    readonly Seq<WhenNode> _whens;

    internal SqlCaseWhen(SqlExpr<TValue> value, Seq<WhenNode> whens, SqlType? type)
        : base(new CaseNode(value.Node, whens, null), type)
    {
        _value = value;
        _whens = whens;
    }

    /// <summary>The result for another value.</summary>
    public SqlCaseWhen<TValue, T> When(SqlExpr<TValue> value, SqlExpr<T> result) =>
        new(_value, _whens.Add(new WhenNode(Build.Typed(value, _value.Type), Build.Typed(result, Type))), Type);

    /// <summary>The result for all other values; null without it.</summary>
    public SqlExpr<T> Else(SqlExpr<T> result) => new(new CaseNode(_value.Node, _whens, Build.Typed(result, Type)), Type);
}
