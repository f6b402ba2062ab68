using Sluice.Statements;

namespace Sluice;

/// <summary>A term of ORDER BY.</summary>
public sealed class SqlOrder
{
    internal SqlOrder(OrderNode node) => Node = node;

    internal OrderNode Node { get; }

    /// <summary>Puts nulls before everything else.</summary>
    public SqlOrder NullsFirst() => new(Node with { Nulls = NullOrder.First });

    /// <summary>Puts nulls after everything else.</summary>
    public SqlOrder NullsLast() => new(Node with { Nulls = NullOrder.Last });

    /// <summary>The smallest first.</summary>
    public static implicit operator SqlOrder(SqlExpr expression) =>
        (expression ?? throw new ArgumentNullException(nameof(expression))).Asc();

    /// <summary>The smallest first.</summary>
    public static SqlOrder FromSqlExpr(SqlExpr expression) => expression;
}
