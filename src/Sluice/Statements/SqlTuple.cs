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
