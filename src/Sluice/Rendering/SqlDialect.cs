using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sluice.Rendering;

/// <summary>
/// How one database, in one version, writes statements: its features as data, and the few spellings that data cannot say.
/// </summary>
[Experimental(ExperimentalFor.Providers)]
public abstract class SqlDialect
{
    readonly StatementCache _cache;

    /// <summary>Describes a dialect.</summary>
    /// <param name="name">The database and its version, for messages.</param>
    /// <param name="features">What this version can do.</param>
    /// <param name="cachedStatements">How many texts are kept; 0 for none.</param>
    protected SqlDialect(string name, SqlFeatures features, int cachedStatements)
    {
        Name = name;
        Features = features;
        _cache = new StatementCache(cachedStatements);
    }

    /// <summary>The database and its version, for messages.</summary>
    public string Name { get; }

    /// <summary>Statements whose text was found.</summary>
    public long CacheHits => _cache.Hits;

    /// <summary>Statements whose text had to be made.</summary>
    public long CacheMisses => _cache.Misses;

    /// <summary>What this version of the database can do.</summary>
    public SqlFeatures Features { get; }

    /// <summary>The statement as this database gets it.</summary>
    /// <remarks>The text is made once for statements of one structure, whatever their values.</remarks>
    /// <exception cref="BulkPlanException">
    /// The statement is not sound, or this version of the database has no such thing; thrown before anything is sent.
    /// </exception>
    public RenderedStatement Render(SqlStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (statement.LastRendered is RenderedFor last && ReferenceEquals(last.Dialect, this))
            return last.Statement;
        var rendered = StatementCompiler.Render(this, _cache, statement.Node);
        statement.LastRendered = new RenderedFor(this, rendered);
        return rendered;
    }

    /// <summary>Checks that the database can hold a table of such a description. Asks the database nothing.</summary>
    /// <exception cref="BulkPlanException">
    /// It has more columns than a table can have, two that are one there, or a name that the database keeps for itself.
    /// </exception>
    public virtual void CheckTable(Table table)
    {
    }

    /// <summary>A name, in quotes where it needs them.</summary>
    protected internal abstract string Quote(string name);

    /// <summary>A type as CAST names it.</summary>
    protected internal abstract string TypeName(SqlType type);

    /// <summary>Writes the time of the transaction, in the form that a column of the type stores.</summary>
    protected internal abstract void Now(StringBuilder sql, SqlType? type);

    /// <summary>The aggregate that joins texts.</summary>
    protected internal abstract string StringAggregate { get; }

    /// <summary>What stands around a value to make it a text that is the same for the same value and holds no delimiter.</summary>
    protected internal abstract (string Before, string After) PathToken { get; }

    /// <summary>The name of the function that finds a text in another one: (text, part).</summary>
    protected internal abstract string PositionFunction { get; }

    /// <summary>Bytes as a part of the text.</summary>
    protected internal abstract string Bytes(byte[] value);

    /// <summary>A list as one parameter where the database has no arrays.</summary>
    protected internal abstract object ListValue(object list);

    /// <summary>Lists that stand side by side as a relation, with its alias: an item of FROM.</summary>
    protected internal abstract string RelationOf(ListRelation lists);

    /// <summary>What follows a value to ask whether it is among those of a list.</summary>
    /// <param name="list">The list, as the text has it.</param>
    /// <param name="forms">The forms in which its values may be stored; {0} stands for the value.</param>
    protected internal abstract string Among(string list, IReadOnlyList<string> forms);

    /// <summary>An array of several values.</summary>
    protected internal virtual string ArrayOf(IReadOnlyList<string> items, SqlType element) => throw new NotSupportedException();

    /// <summary>The operator that compares a text with a pattern.</summary>
    protected internal abstract string LikeOperator(bool ignoresCase);

    /// <summary>A pattern of LIKE as the operator has it that tells capitals from small letters.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="escape">The character that takes away the meaning of what follows it; null for the backslash.</param>
    protected internal virtual string CaseSensitivePattern(string pattern, char? escape) => pattern;

    /// <summary>A constant as a part of the text.</summary>
    public string Literal(object? value) => value switch
    {
        null => "NULL",
        bool truth => truth ? "TRUE" : "FALSE",
        string text => text.Contains('\0', StringComparison.Ordinal) ? throw RenderingProblems.NulInLiteral() : QuoteText(text),
        char character => QuoteText(character.ToString()),
        byte[] bytes => Bytes(bytes),
        float number => Number(number),
        double number => Number(number),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => QuoteText(Format(value)),
    };

    /// <summary>A value of another type as the text that the database has for it.</summary>
    protected internal abstract string Format(object value);

    /// <summary>A text in single quotes, those within it doubled.</summary>
    public static string QuoteText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    static string Number(double value) => double.IsFinite(value)
        ? value.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text
        : throw RenderingProblems.NotFiniteLiteral();
}

/// <summary>Lists that stand side by side, as the text of a statement has their parts.</summary>
/// <param name="Lists">Each list.</param>
/// <param name="Types">The type of each list's values.</param>
/// <param name="Columns">The name of each list's column.</param>
/// <param name="Number">The name of the column that counts the rows from 1, or null.</param>
/// <param name="Alias">The relation's name.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record ListRelation(
    IReadOnlyList<string> Lists, IReadOnlyList<SqlType> Types, IReadOnlyList<string> Columns, string? Number, string Alias);

/// <summary>What a dialect made of one statement object.</summary>
sealed record RenderedFor(SqlDialect Dialect, RenderedStatement Statement);
