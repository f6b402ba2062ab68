using System.ComponentModel;
using System.Runtime.CompilerServices;
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

    /// <summary>
    /// What the compiler makes of an interpolated text: its words stay, its holes become parameters, names or other parts.
    /// </summary>
    [InterpolatedStringHandler]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class Interpolation
    {
        readonly string[] _words;
        readonly ExprNode[] _holes;
        int _filled;

        /// <summary>Begins a text. For the compiler.</summary>
        /// <param name="literalLength">The length of its words.</param>
        /// <param name="formattedCount">How many holes it has.</param>
        public Interpolation(int literalLength, int formattedCount)
        {
            _words = new string[formattedCount + 1];
            _words.AsSpan().Fill("");
            _holes = new ExprNode[formattedCount];
        }

        internal TextNode Node => new(new Seq<string>(_words), new Seq<ExprNode>(_holes));

        /// <summary>Adds words. For the compiler.</summary>
        public void AppendLiteral(string value) => _words[_filled] += value;

        /// <summary>Fills a hole: a part of a statement stays one, a table or column becomes its name, all else a parameter.</summary>
        /// <remarks>A null has the type of the hole.</remarks>
        /// <exception cref="ArgumentException">The hole holds rows that are no table of the database.</exception>
        public void AppendFormatted<T>(T value) => _holes[_filled++] = TextHole.Of(value);

        /// <summary>Fills a hole whose type is not known, as that of null is not.</summary>
        /// <exception cref="ArgumentException">The hole holds rows that are no table of the database.</exception>
        public void AppendFormatted(object? value) => AppendFormatted<object?>(value);

        /// <summary>Refused: a value is sent as it is.</summary>
        [Obsolete(FormatRefused, error: true)]
        public void AppendFormatted<T>(T value, string? format) => throw new NotSupportedException(FormatRefused);

        /// <summary>Refused: a value is sent as it is.</summary>
        [Obsolete(AlignmentRefused, error: true)]
        public void AppendFormatted<T>(T value, int alignment) => throw new NotSupportedException(AlignmentRefused);

        /// <summary>Refused: a value is sent as it is.</summary>
        [Obsolete(FormatRefused, error: true)]
        public void AppendFormatted<T>(T value, int alignment, string? format) => throw new NotSupportedException(FormatRefused);

        const string FormatRefused = "The hole has a format, but its value is sent as it is. Format the value before.";
        const string AlignmentRefused = "The hole has an alignment, but its value is sent as it is. Pad the value before.";
    }
}
