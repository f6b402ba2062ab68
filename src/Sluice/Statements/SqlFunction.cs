using Sluice.Statements;

namespace Sluice;

/// <summary>A call of a function, which may be an aggregate or be computed over a window.</summary>
public sealed class SqlFunction<T> : SqlExpr<T>
{
    internal SqlFunction(ExprNode node, SqlType? type)
        : base(node, type)
    {
    }

    AggregateNode Aggregate => Node as AggregateNode ?? new AggregateNode(Node, Distinct: false, [], null, []);

    /// <summary>Aggregates each value once.</summary>
    public SqlFunction<T> Distinct() => new(Aggregate with { Distinct = true }, Type);

    /// <summary>Aggregates only rows for which the condition holds.</summary>
    public SqlFunction<T> Filter(SqlBool condition) => new(Aggregate with { Filter = Build.Operand(condition) }, Type);

    /// <summary>Aggregates in an order.</summary>
    public SqlFunction<T> OrderBy(params SqlOrder[] orders) => new(Aggregate with { OrderBy = Build.Orders(orders) }, Type);

    /// <summary>Gives an ordered-set aggregate its order.</summary>
    public SqlFunction<T> WithinGroup(params SqlOrder[] orders) => new(Aggregate with { WithinGroup = Build.Orders(orders) }, Type);

    /// <summary>Computes the function over a window of rows.</summary>
    public SqlExpr<T> Over(SqlWindow? window = null) => new(new OverNode(Node, null, (window ?? new SqlWindow()).Node), Type);

    /// <summary>Computes the function over a window that <see cref="SqlSelect.Window"/> names.</summary>
    public SqlExpr<T> Over(string window) => new(new OverNode(Node, window, null), Type);
}

/// <summary>A window: which rows, in which order, in which frame.</summary>
public sealed class SqlWindow
{
    /// <summary>All rows as one partition.</summary>
    public SqlWindow()
        : this(new WindowNode([], [], null))
    {
    }

    SqlWindow(WindowNode node) => Node = node;

    internal WindowNode Node { get; }

    /// <summary>The rows with the same values as the current one.</summary>
    public SqlWindow PartitionBy(params SqlExpr[] keys) => new(Node with { PartitionBy = Build.Operands(keys) });

    /// <summary>The order of the partition's rows.</summary>
    public SqlWindow OrderBy(params SqlOrder[] orders) => new(Node with { OrderBy = Build.Orders(orders) });

    /// <summary>A frame of so many rows.</summary>
    public SqlWindow Rows(FrameBound start, FrameBound? end = null, FrameExclusion exclude = FrameExclusion.None) =>
        Framed(FrameUnit.Rows, start, end, exclude);

    /// <summary>A frame of rows whose order value lies within a distance.</summary>
    public SqlWindow Range(FrameBound start, FrameBound? end = null, FrameExclusion exclude = FrameExclusion.None) =>
        Framed(FrameUnit.Range, start, end, exclude);

    /// <summary>A frame of so many groups of rows with the same order values.</summary>
    public SqlWindow Groups(FrameBound start, FrameBound? end = null, FrameExclusion exclude = FrameExclusion.None) =>
        Framed(FrameUnit.Groups, start, end, exclude);

    SqlWindow Framed(FrameUnit unit, FrameBound start, FrameBound? end, FrameExclusion exclude)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new(Node with { Frame = new FrameNode(unit, start.Node, end?.Node, exclude) });
    }
}

/// <summary>One end of a frame.</summary>
public sealed class FrameBound
{
    FrameBound(string words, ExprNode? offset = null) => Node = new BoundNode(words, offset);

    internal BoundNode Node { get; }

    /// <summary>The partition's first row.</summary>
    public static FrameBound UnboundedPreceding { get; } = new("UNBOUNDED PRECEDING");

    /// <summary>The current row.</summary>
    public static FrameBound CurrentRow { get; } = new("CURRENT ROW");

    /// <summary>The partition's last row.</summary>
    public static FrameBound UnboundedFollowing { get; } = new("UNBOUNDED FOLLOWING");

    /// <summary>So far before the current row.</summary>
    public static FrameBound Preceding(long offset) => new("PRECEDING", new LiteralNode(offset, SqlType.BigInt));

    /// <summary>So far after the current row.</summary>
    public static FrameBound Following(long offset) => new("FOLLOWING", new LiteralNode(offset, SqlType.BigInt));
}

/// <summary>What a frame counts.</summary>
enum FrameUnit
{
    /// <summary>Rows.</summary>
    Rows,

    /// <summary>Distances of the order value.</summary>
    Range,

    /// <summary>Groups of rows with the same order values.</summary>
    Groups,
}

/// <summary>Which rows a frame leaves out.</summary>
public enum FrameExclusion
{
    /// <summary>None.</summary>
    None,

    /// <summary>The current row.</summary>
    CurrentRow,

    /// <summary>The current row and its peers.</summary>
    Group,

    /// <summary>The current row's peers.</summary>
    Ties,
}
