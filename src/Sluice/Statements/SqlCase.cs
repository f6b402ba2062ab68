using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

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
    public SqlCase<T> When(SqlBool condition, SqlExpr<T> result) =>
        new(_operand, _whens.Add(new WhenNode(Build.Operand(condition), Build.Typed(result, Type))), Type);

    /// <summary>The value where none holds; null without it.</summary>
    public SqlExpr<T> Else(SqlExpr<T> result) => new(new CaseNode(_operand, _whens, Build.Typed(result, Type)), Type);
}

/// <summary>A CASE by a value, before its first WHEN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
[EditorBrowsable(EditorBrowsableState.Never)]
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
