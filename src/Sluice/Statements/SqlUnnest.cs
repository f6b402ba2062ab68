using Sluice.Statements;

namespace Sluice;

/// <summary>One array of <see cref="Sql.Unnest"/>: a column's name and its values.</summary>
public sealed class SqlArray
{
    SqlArray(string name, Array values, SqlType element)
    {
        Name = name;
        Count = values.Length;
        Values = new ParamNode(values, SqlType.ArrayOf(element));
        Element = element;
    }

    /// <summary>The name of the column.</summary>
    public string Name { get; }

    internal int Count { get; }

    internal ExprNode Values { get; }

    /// <summary>The array and its type, as a parameter.</summary>
    public SqlParameter Parameter => new(((ParamNode)Values).Value, ((ParamNode)Values).Type);

    internal SqlType Element { get; }

    /// <summary>Values under a name.</summary>
    public static SqlArray Of<T>(string name, IEnumerable<T> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var element = SqlType.For(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
        return new(name, values.ToArray(), element);
    }

    /// <summary>Values of a type under a name, in an array that is sent as it is: it must not change until the statement has run.</summary>
    public static SqlArray Owning<T>(string name, SqlType element, T[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(values);
        return new(name, values, element);
    }

    /// <summary>Values under the name and with the type of a column.</summary>
    public static SqlArray Of<T>(Column<T> column, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(column);
        return new(column.Name, values.ToArray(), column.Description.Type);
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
        // Databases fill up the shorter ones, or drop rows: neither is what a caller means.
        if (Array.Find(columns, c => c.Count != columns[0].Count) is { } odd)
            throw new ArgumentException($"'{odd.Name}' has {odd.Count} values, but '{columns[0].Name}' has {columns[0].Count}. Give each row a value in every array.", nameof(columns));
        if (columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two arrays are named '{twice.Key}'. Name each once.", nameof(columns));
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
