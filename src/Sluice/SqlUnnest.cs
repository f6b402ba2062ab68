using Sluice.Schema;
using Sluice.Statements;

namespace Sluice;

/// <summary>One array of <see cref="Sql.Unnest"/>: a column's name and its values.</summary>
public sealed class SqlArray
{
    SqlArray(string name, ExprNode values, SqlType element)
    {
        Name = name;
        Values = values;
        Element = element;
    }

    internal string Name { get; }

    internal ExprNode Values { get; }

    internal SqlType Element { get; }

    /// <summary>Values under a name.</summary>
    public static SqlArray Of<T>(string name, IEnumerable<T> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var element = SqlType.For(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
        return new(name, new ParamNode(values.ToArray(), SqlType.ArrayOf(element)), element);
    }

    /// <summary>Values under the name and with the type of a column.</summary>
    public static SqlArray Of<T>(Column<T> column, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(column.Name, new ParamNode(values.ToArray(), SqlType.ArrayOf(column.Description.Type)), column.Description.Type);
    }
}

/// <summary>Arrays as rows.</summary>
public sealed class SqlUnnest : SqlFrom
{
    readonly SqlArray[] _columns;

    internal SqlUnnest(string alias, SqlArray[] columns, string? ordinality)
        : base(new FromId(null, alias, null))
    {
        if (columns.Length == 0)
            throw new ArgumentException("Name at least one array.", nameof(columns));
        _columns = columns;
        OutputColumns = [.. columns.Select(c => (c.Name, (SqlType?)c.Element))];
        if (ordinality is not null)
            OutputColumns = [.. OutputColumns, (ordinality, SqlType.BigInt)];
        FromNode = new UnnestFrom(
            Id, Seq.Of(columns.Select(c => c.Values)), Seq.Of(columns.Select(c => c.Name)), Seq.Of(columns.Select(c => c.Element)), ordinality);
    }

    internal override FromNode FromNode { get; }

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns { get; }

    /// <summary>Adds a column with the number of the row, from 1.</summary>
    public SqlUnnest WithOrdinality(string name) => new(Id.Name, _columns, name);
}
