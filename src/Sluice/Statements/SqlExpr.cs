using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice;

/// <summary>A value that the database computes.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "Sql.Param is the named form.")]
public abstract class SqlExpr
{
    readonly ExprNode? _node;

    private protected SqlExpr(ExprNode? node, SqlType? type)
    {
        _node = node;
        Type = type;
    }

    internal virtual ExprNode Node => _node!;

    /// <summary>The type in the database where it is known.</summary>
    internal SqlType? Type { get; }

    internal virtual string? Label => null;

    internal ItemNode Item => new(Node, Label);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(bool value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(int value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(long value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(double value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(decimal value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(string value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(Guid value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(DateTime value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(DateTimeOffset value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(DateOnly value) => Build.Param(value);

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr(byte[] value) => Build.Param(value);

    /// <summary>Whether the value is null.</summary>
    public SqlBool IsNull() => new(new UnaryNode(UnaryOperator.IsNull, Node));

    /// <summary>Whether the value is not null.</summary>
    public SqlBool IsNotNull() => new(new UnaryNode(UnaryOperator.IsNotNull, Node));

    /// <summary>The value as another type: CAST.</summary>
    /// <typeparam name="T">Decides the type in the database, as a new column of it would have.</typeparam>
    public SqlExpr<T> Cast<T>() => Cast<T>(SqlType.For(typeof(T)));

    /// <summary>The value as a type that is stated in full.</summary>
    public SqlExpr<T> Cast<T>(SqlType type) => new(new CastNode(Node, type), type);

    /// <summary>The same value, typed for C# alone: nothing is sent for it.</summary>
    public SqlExpr<T> AsType<T>() => new(Node, Type ?? SqlType.For(typeof(T)));

    /// <summary>Orders by the value, the smallest first.</summary>
    public SqlOrder Asc() => new(new OrderNode(Node, Descending: false, NullOrder.Default));

    /// <summary>Orders by the value, the largest first.</summary>
    public SqlOrder Desc() => new(new OrderNode(Node, Descending: true, NullOrder.Default));

    /// <summary>The expression's structure, for debugging.</summary>
    [ExcludeFromCodeCoverage]
    public override string ToString() => Node.ToString();
}
