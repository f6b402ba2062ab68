using Sluice.Statements;

namespace Sluice;

/// <summary>SQL text of your own: a statement, or by <see cref="AsExpr{T}"/> and <see cref="AsCondition"/> a part of one.</summary>
public sealed class SqlText : SqlQuery
{
    readonly TextNode _text;
    readonly IReadOnlyList<(string Name, SqlType? Type)> _columns;

    internal SqlText(TextNode text, IReadOnlyList<(string Name, SqlType? Type)>? columns = null)
        : base(new TextStatementNode(text))
    {
        _text = text;
        _columns = columns ?? [];
    }

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns => _columns;

    /// <summary>Says which columns the text returns, so that it can stand where a query can.</summary>
    public SqlText Returns(params Column[] columns) => new(_text, [.. columns.Select(c => (c.Name, (SqlType?)c.Type))]);

    /// <summary>The text as a value.</summary>
    public SqlExpr<T> AsExpr<T>() => new(_text, SqlType.For(typeof(T)));

    /// <summary>The text as a condition.</summary>
    public SqlBool AsCondition() => new(_text);

    /// <summary>The text as a value of whatever type its place needs.</summary>
    public static implicit operator SqlUntyped(SqlText text) => new((text ?? throw new ArgumentNullException(nameof(text)))._text);

    /// <summary>The text as a condition.</summary>
    public static implicit operator SqlBool(SqlText text) => (text ?? throw new ArgumentNullException(nameof(text))).AsCondition();

    /// <summary>The text as a value of whatever type its place needs.</summary>
    public SqlUntyped ToSqlUntyped() => this;

    /// <summary>The text as a condition.</summary>
    public SqlBool ToSqlBool() => this;
}
