using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice;

/// <summary>
/// A condition. <c>&amp;</c>, <c>|</c> and <c>!</c> combine conditions; <c>&amp;&amp;</c> and <c>||</c> do not compile, for C# would
/// evaluate them.
/// </summary>
[SuppressMessage("Usage", "CA2225", Justification = "Operators are the language.")]
public sealed class SqlBool : SqlExpr<bool>
{
    internal SqlBool(ExprNode node)
        : base(node, SqlType.Boolean)
    {
    }

    /// <summary>A column of truth values as a condition.</summary>
    public static implicit operator SqlBool(Column<bool> column) => new((column ?? throw new ArgumentNullException(nameof(column))).Node);

    /// <summary>A text as a condition.</summary>
    public static implicit operator SqlBool(SqlUntyped untyped) => new((untyped ?? throw new ArgumentNullException(nameof(untyped))).Node);

    /// <summary>Both conditions: AND.</summary>
    public static SqlBool operator &(SqlBool left, SqlBool right) => new(new BinaryNode(BinaryOperator.And, left.Node, right.Node));

    /// <summary>Either condition: OR.</summary>
    public static SqlBool operator |(SqlBool left, SqlBool right) => new(new BinaryNode(BinaryOperator.Or, left.Node, right.Node));

    /// <summary>The opposite: NOT.</summary>
    public static SqlBool operator !(SqlBool operand) => new(new UnaryNode(UnaryOperator.Not, operand.Node));
}
