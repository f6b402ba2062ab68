using Sluice.Statements;

namespace Sluice;

/// <summary>A statement that gives rows: SELECT, VALUES, or several of them combined.</summary>
public abstract class SqlQuery : SqlStatement
{
    private protected SqlQuery(StatementNode? node)
        : base(node)
    {
    }

    internal virtual QueryNode QueryNode => (QueryNode)Node;

    internal virtual IReadOnlyList<(string Name, SqlType? Type)> OutputColumns => Outputs.Of(QueryNode);

    /// <summary>The query as what reads from it sees it: each column with a name of its own.</summary>
    internal (QueryNode Node, IReadOnlyList<(string Name, SqlType? Type)> Columns) Source
    {
        get
        {
            var named = (QueryNode)Outputs.Named(QueryNode);
            return (named, named is TextStatementNode ? OutputColumns : Outputs.Of(named));
        }
    }

    /// <summary>The rows of both, each once.</summary>
    public SqlCompound Union(SqlQuery other) => Combine(SetOperator.Union, all: false, other);

    /// <summary>The rows of both.</summary>
    public SqlCompound UnionAll(SqlQuery other) => Combine(SetOperator.Union, all: true, other);

    /// <summary>The rows that both have, each once.</summary>
    public SqlCompound Intersect(SqlQuery other) => Combine(SetOperator.Intersect, all: false, other);

    /// <summary>The rows that the other one lacks, each once.</summary>
    public SqlCompound Except(SqlQuery other) => Combine(SetOperator.Except, all: false, other);

    SqlCompound Combine(SetOperator op, bool all, SqlQuery other) => new(new CompoundNode(op, all, QueryNode, Build.Query(other)));

    /// <summary>The query as a CTE: WITH name AS (…). Whatever uses it brings it along.</summary>
    /// <remarks>Of two columns of one name the second is known as name_2.</remarks>
    public Cte AsCte(string name)
    {
        var (node, columns) = Source;
        return new(new CteNode(name, [], node), columns);
    }

    /// <summary>The query as a FROM item.</summary>
    /// <remarks>Of two columns of one name the second is known as name_2.</remarks>
    public SqlFrom As(string alias) => new SqlDerived(alias, this, lateral: false);

    /// <summary>The query as a FROM item that may use the items before it.</summary>
    public SqlFrom AsLateral(string alias) => new SqlDerived(alias, this, lateral: true);

    /// <summary>The query's one value as an expression.</summary>
    public SqlExpr<T> AsScalar<T>() => new(new ScalarQueryNode(QueryNode), SqlType.For(typeof(T)));
}

/// <summary>Several queries combined.</summary>
public sealed class SqlCompound : SqlQuery
{
    internal SqlCompound(CompoundNode node)
        : base(node)
    {
    }

    CompoundNode Compound => (CompoundNode)Node;

    /// <summary>Orders the combined rows, by output columns.</summary>
    public SqlCompound OrderBy(params SqlOrder[] orders) =>
        new(Compound with { OrderBy = Compound.OrderBy.AddRange(Build.Orders(orders)) });

    /// <summary>At most so many rows.</summary>
    public SqlCompound Limit(SqlExpr<long> rows) => new(Compound with { Limit = Build.Operand(rows) });

    /// <summary>Leaves out the first rows.</summary>
    public SqlCompound Offset(SqlExpr<long> rows) => new(Compound with { Offset = Build.Operand(rows) });
}

/// <summary>A query as a FROM item.</summary>
sealed class SqlDerived : SqlFrom
{
    internal SqlDerived(string alias, SqlQuery query, bool lateral, IReadOnlyList<string>? columns = null)
        : base(new FromId(null, alias, null))
    {
        var (node, given) = query.Source;
        OutputColumns = columns is null ? given : [.. given.Zip(columns, (output, name) => (name, output.Type))];
        FromNode = new QueryFrom(Id, node, lateral, Seq.Of(columns ?? []));
    }

    internal override FromNode FromNode { get; }

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns { get; }
}
