using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

/// <summary>A common table expression: a query with a name, which the statement that uses it lists in WITH.</summary>
public sealed class Cte : SqlFrom
{
    internal Cte(CteNode node, IReadOnlyList<(string Name, SqlType? Type)> columns, string? alias = null)
        : base(new FromId(null, node.Name, alias))
    {
        Node = node;
        OutputColumns = columns;
    }

    internal CteNode Node { get; }

    internal override FromNode FromNode => new CteFrom(Id, Node);

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns { get; }

    /// <summary>The same CTE under another name, as a query needs that reads it twice.</summary>
    public Cte As(string alias) => new(Node, OutputColumns, alias);

    /// <summary>Asks the database to compute it once and keep it.</summary>
    public Cte Materialized() => new(Node with { Materialized = true }, OutputColumns, Id.Alias);

    /// <summary>Asks the database to merge it into what uses it.</summary>
    public Cte NotMaterialized() => new(Node with { Materialized = false }, OutputColumns, Id.Alias);

    /// <summary>Ends a recursion that comes to the same values again, and marks the row where it did.</summary>
    /// <param name="mark">The truth value that marks it.</param>
    /// <param name="path">The column with the way there, whose form is the database's own.</param>
    /// <param name="columns">The columns whose values make a row the same.</param>
    public Cte Cycle(string mark, string path, params Column[] columns) => new(
        Node with { Cycle = new CycleClause(Seq.Of(columns.Select(c => c.Name)), mark, path) },
        [.. OutputColumns, (mark, SqlType.Boolean), (path, null)],
        Id.Alias);

    /// <inheritdoc cref="Cycle(string, string, Column[])"/>
    public Cte Cycle(params Column[] columns) => Cycle("is_cycle", "path", columns);

    /// <summary>Adds a column to order by, children after their parents.</summary>
    public Cte SearchDepthFirst(string order, params Column[] columns) => Searched(depthFirst: true, order, columns);

    /// <summary>Adds a column to order by, level after level.</summary>
    public Cte SearchBreadthFirst(string order, params Column[] columns) => Searched(depthFirst: false, order, columns);

    Cte Searched(bool depthFirst, string order, Column[] columns) => new(
        Node with { Search = new SearchClause(depthFirst, Seq.Of(columns.Select(c => c.Name)), order) }, [.. OutputColumns, (order, null)], Id.Alias);
}

/// <summary>A recursive CTE before its first query.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecursiveCteStart
{
    readonly string _name;
    readonly IReadOnlyList<(string Name, SqlType? Type)> _columns;

    internal RecursiveCteStart(string name, IEnumerable<Column> columns)
    {
        _name = name;
        _columns = [.. columns.Select(c => (c.Name, (SqlType?)c.Type))];
        if (_columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The CTE '{name}' has two columns named '{twice.Key}'. Name each once.", nameof(columns));
    }

    /// <summary>The rows that the recursion starts from.</summary>
    public RecursiveCteStep StartWith(SqlQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(_name, _columns.Count > 0 ? _columns : query.Source.Columns, query);
    }
}

/// <summary>A recursive CTE after its first query.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecursiveCteStep
{
    readonly string _name;
    readonly IReadOnlyList<(string Name, SqlType? Type)> _columns;
    readonly SqlQuery _start;

    internal RecursiveCteStep(string name, IReadOnlyList<(string Name, SqlType? Type)> columns, SqlQuery start)
    {
        _name = name;
        _columns = columns;
        _start = start;
    }

    /// <summary>The rows that follow from those found before, until there are none: UNION ALL.</summary>
    /// <param name="step">Given the CTE itself, the query for the next rows.</param>
    public Cte ThenUnionAll(Func<SqlFrom, SqlQuery> step) => Make(all: true, step);

    /// <summary>The new rows that follow from those found before: UNION, which drops rows that were there already.</summary>
    /// <inheritdoc cref="ThenUnionAll"/>
    public Cte ThenUnion(Func<SqlFrom, SqlQuery> step) => Make(all: false, step);

    Cte Make(bool all, Func<SqlFrom, SqlQuery> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var query = step(new CteSelf(_name, _columns));
        var body = new CompoundNode(SetOperator.Union, all, _start.QueryNode, query.QueryNode);
        return new Cte(new CteNode(_name, Seq.Of(_columns.Select(c => c.Name)), body) { Recursive = true }, _columns);
    }
}

/// <summary>A recursive CTE within its own definition.</summary>
sealed class CteSelf(string name, IReadOnlyList<(string Name, SqlType? Type)> columns) : SqlFrom(new FromId(null, name, null))
{
    internal override FromNode FromNode => new CteFrom(Id, null);

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns => columns;
}
