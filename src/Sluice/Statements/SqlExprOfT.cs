using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice;

/// <summary>A value of one .NET type that the database computes.</summary>
/// <typeparam name="T">The type of a value that is not null.</typeparam>
/// <remarks>
/// Operators make expressions: <c>m.Value &gt; 10</c>. A .NET value becomes a parameter, never a part of the text. Comparing with null asks
/// IS NULL or IS NOT NULL; comparing with a column that holds null is unknown, as SQL has it.
/// </remarks>
[SuppressMessage("Usage", "CA2225", Justification = "Operators are the language; As, Cast and Param are the named forms.")]
public class SqlExpr<T> : SqlExpr
{
    internal SqlExpr(ExprNode? node, SqlType? type)
        : base(node, type)
    {
    }

    /// <summary>A parameter with the value.</summary>
    public static implicit operator SqlExpr<T>(T value) => Build.Param(value);

    /// <summary>The expression where one of this type is needed.</summary>
    public static implicit operator SqlExpr<T>(SqlUntyped untyped) =>
        new((untyped ?? throw new ArgumentNullException(nameof(untyped))).Node, untyped.Type);

    /// <summary>Equality, or IS NULL for null.</summary>
    public static SqlBool operator ==(SqlExpr<T>? left, SqlExpr<T>? right) => Build.Equal(left, right, negated: false);

    /// <summary>Inequality, or IS NOT NULL for null.</summary>
    public static SqlBool operator !=(SqlExpr<T>? left, SqlExpr<T>? right) => Build.Equal(left, right, negated: true);

    /// <summary>Whether the first is smaller.</summary>
    public static SqlBool operator <(SqlExpr<T> left, SqlExpr<T> right) => Build.Compare(BinaryOperator.Less, left, right);

    /// <summary>Whether the first is larger.</summary>
    public static SqlBool operator >(SqlExpr<T> left, SqlExpr<T> right) => Build.Compare(BinaryOperator.Greater, left, right);

    /// <summary>Whether the first is smaller or the same.</summary>
    public static SqlBool operator <=(SqlExpr<T> left, SqlExpr<T> right) => Build.Compare(BinaryOperator.LessOrEqual, left, right);

    /// <summary>Whether the first is larger or the same.</summary>
    public static SqlBool operator >=(SqlExpr<T> left, SqlExpr<T> right) => Build.Compare(BinaryOperator.GreaterOrEqual, left, right);

    /// <summary>The sum; of texts, one after the other.</summary>
    public static SqlExpr<T> operator +(SqlExpr<T> left, SqlExpr<T> right) =>
        Build.Arithmetic(typeof(T) == typeof(string) ? BinaryOperator.Concat : BinaryOperator.Add, left, right);

    /// <summary>The difference.</summary>
    public static SqlExpr<T> operator -(SqlExpr<T> left, SqlExpr<T> right) => Build.Arithmetic(BinaryOperator.Subtract, left, right);

    /// <summary>The product.</summary>
    public static SqlExpr<T> operator *(SqlExpr<T> left, SqlExpr<T> right) => Build.Arithmetic(BinaryOperator.Multiply, left, right);

    /// <summary>The quotient; of whole numbers, without its fraction.</summary>
    public static SqlExpr<T> operator /(SqlExpr<T> left, SqlExpr<T> right) => Build.Arithmetic(BinaryOperator.Divide, left, right);

    /// <summary>The remainder.</summary>
    public static SqlExpr<T> operator %(SqlExpr<T> left, SqlExpr<T> right) => Build.Arithmetic(BinaryOperator.Modulo, left, right);

    /// <summary>The negative.</summary>
    public static SqlExpr<T> operator -(SqlExpr<T> operand) => new(new UnaryNode(UnaryOperator.Minus, operand.Node), operand.Type);

    /// <summary>Equality that knows null: two nulls are the same.</summary>
    public SqlBool IsNotDistinctFrom(SqlExpr<T> other) => Build.Compare(BinaryOperator.IsNotDistinctFrom, this, other);

    /// <summary>Inequality that knows null: null differs from every value but null.</summary>
    public SqlBool IsDistinctFrom(SqlExpr<T> other) => Build.Compare(BinaryOperator.IsDistinctFrom, this, other);

    /// <summary>Whether the value lies between two others, both included.</summary>
    public SqlBool Between(SqlExpr<T> low, SqlExpr<T> high) => new(new BetweenNode(Node, Build.Typed(low, Type), Build.Typed(high, Type)));

    /// <summary>Whether the value is one of a list. One text serves lists of all lengths; an empty list is no match.</summary>
    public SqlBool In(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Build.In(this, values.ToArray());
    }

    /// <inheritdoc cref="In(IEnumerable{T})"/>
    public SqlBool In(params T[] values) => In((IEnumerable<T>)values);

    /// <summary>Whether the value is one of a query's.</summary>
    public SqlBool In(SqlQuery query) => new(new InQueryNode(Node, Build.Query(query)));

    /// <summary>Whether the value is none of a list. A null in the list makes the answer unknown, so nulls are refused.</summary>
    /// <exception cref="ArgumentException">The list holds a null.</exception>
    public SqlBool NotIn(IEnumerable<T> values)
    {
        T[] list = [.. values];
        if (list.Any(v => v is null))
            throw new ArgumentException("NOT IN with a null in the list is true for no row. Leave the null out, and ask IsNotNull() beside it.", nameof(values));
        return !In(list);
    }

    /// <summary>Whether the value is none of a query's. A null among those makes the answer unknown.</summary>
    public SqlBool NotIn(SqlQuery query) => !In(query);

    /// <summary>Whether the value equals an element of an array that the database has.</summary>
    public SqlBool Any(SqlExpr<T[]> array) =>
        new(new QuantifiedNode(Node, BinaryOperator.Equal, Build.Operand(array), Type ?? SqlType.For(typeof(T))));

    /// <inheritdoc cref="In(IEnumerable{T})"/>
    public SqlBool Any(IEnumerable<T> values) => In(values);

    /// <summary>Another name for the value in the result.</summary>
    public SqlExpr<T> As(string name) => new Labelled<T>(this, name);

    /// <summary>The value compared and ordered by a collation.</summary>
    public SqlExpr<T> Collate(string collation) => new(new CollateNode(Node, collation), Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

sealed class Labelled<T>(SqlExpr<T> inner, string label) : SqlExpr<T>(inner.Node, inner.Type)
{
    internal override string Label => label;
}
