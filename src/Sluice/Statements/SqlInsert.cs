using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

/// <summary>An INSERT before its rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class InsertStart
{
    readonly TableFrom _target;
    readonly Seq<string> _columns;
    readonly string? _overriding;

    internal InsertStart(TableFrom target, Seq<string> columns = default, string? overriding = null)
    {
        _target = target;
        _columns = columns;
        _overriding = overriding;
    }

    /// <summary>The columns that get values; without this, those that the rows can fill.</summary>
    public InsertStart Columns(params Column[] columns) => new(_target, Seq.Of(columns.Select(c => c.Name)), _overriding);

    /// <summary>Takes values for columns that are always generated: OVERRIDING SYSTEM VALUE.</summary>
    public InsertStart OverridingSystemValue() => new(_target, _columns, "SYSTEM");

    /// <summary>Ignores values for generated columns: OVERRIDING USER VALUE.</summary>
    public InsertStart OverridingUserValue() => new(_target, _columns, "USER");

    /// <summary>Rows that are handed in when the statement runs: a source of any length, never a part of the text.</summary>
    public SqlInsert Rows()
    {
        var columns = _columns.Count > 0
            ? [.. _columns.Select(name => _target.Table.Columns.First(c => c.Name == name))]
            : _target.Table.Columns.Where(c => c.Generated is Generated.Never).ToArray();
        if (columns.Length == 0)
            return DefaultValues();
        var slots = columns.Select(c => (ExprNode)new RowSlotNode(c.Name, c.Type));
        return Made(Seq.Of(columns.Select(c => c.Name)), new ValuesNode([new TupleNode(Seq.Of(slots))]));
    }

    /// <summary>One row of values, in the order of <see cref="Columns"/> or of the table's columns.</summary>
    public SqlInsertValues Values(params SqlExpr[] values)
    {
        var names = _columns.Count > 0 ? _columns : Seq.Of(_target.Table.Columns.Select(c => c.Name));
        if (values.Length != names.Count)
            throw StatementProblems.ValueCount(_target.Table, names.Count, values.Length);
        return new(Node(names, null), [Row(names, values)]);
    }

    internal static TupleNode RowOf(Table table, Seq<string> names, SqlExpr[] values) =>
        new(Seq.Of(values.Select((v, i) => Build.Typed(v, table.TryGetColumn(names[i], out var column) ? column.Type : null))));

    TupleNode Row(Seq<string> names, SqlExpr[] values) => RowOf(_target.Table, names, values);

    /// <summary>One row, column by column; columns that are not named get their defaults.</summary>
    public SqlInsert Set(Action<SetClause> set)
    {
        var clause = SetClause.From(set);
        return Made(Seq.Of(clause.Select(s => s.Column)), new ValuesNode([new TupleNode(Seq.Of(clause.Select(s => s.Value)))]));
    }

    /// <summary>The rows of a query.</summary>
    public SqlInsert Select(SqlQuery query)
    {
        var node = Build.Query(query);
        return Made(_columns.Count > 0 ? _columns : Seq.Of(query.OutputColumns.Select(c => c.Name)), node);
    }

    /// <summary>One row of defaults.</summary>
    public SqlInsert DefaultValues() => new(Node([], null));

    SqlInsert Made(Seq<string> columns, QueryNode source) => new(Node(columns, source));

    InsertNode Node(Seq<string> columns, QueryNode? source) => new(_target, columns, source) { Overriding = _overriding };
}

/// <summary>An INSERT.</summary>
public class SqlInsert : SqlStatement
{
    internal SqlInsert(InsertNode node)
        : base(node)
    {
    }

    private protected InsertNode Insert => (InsertNode)Node;

    /// <summary>What to do about a row whose values in these columns are there already. A unique key on exactly them must exist.</summary>
    public ConflictTarget OnConflict(params Column[] columns) => columns.Length > 0
        ? new(Insert, Seq.Of(columns.Select(c => c.Name)), null, null)
        : throw new ArgumentException("OnConflict names no column. Name those of the key, or use OnConflictAny for whichever key it is.",
            nameof(columns));

    /// <summary>What to do about a row that a named constraint refuses.</summary>
    public ConflictTarget OnConflictOnConstraint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(Insert, [], null, name);
    }

    /// <summary>What to do about a row that any unique key refuses.</summary>
    public AnyConflict OnConflictAny() => new(Insert);

    /// <summary>Returns values of the rows that were inserted or updated. Their order is not that of the input.</summary>
    public SqlReturning Returning(params SqlExpr[] items) => new(Insert with { Returning = Build.Items(items) });

    /// <summary>Lists CTEs that nothing in the statement names.</summary>
    public SqlInsert With(params Cte[] ctes) => new(Insert with { With = Insert.With.AddRange(ctes.Select(c => c.Node)) });
}

/// <summary>An INSERT of rows of values, which can have more.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqlInsertValues : SqlInsert
{
    readonly Seq<TupleNode> _rows;

    internal SqlInsertValues(InsertNode node, Seq<TupleNode> rows)
        : base(node with { Source = new ValuesNode(rows) }) => _rows = rows;

    /// <summary>Another row. Rows by the thousand belong in a source, not here.</summary>
    public SqlInsertValues Values(params SqlExpr[] values)
    {
        if (values.Length != Insert.Columns.Count)
            throw StatementProblems.ValueCount(Insert.Target.Table, Insert.Columns.Count, values.Length);
        return new(Insert, _rows.Add(InsertStart.RowOf(Insert.Target.Table, Insert.Columns, values)));
    }
}

/// <summary>ON CONFLICT before its action.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConflictTarget
{
    readonly InsertNode _insert;
    readonly ConflictNode _conflict;

    internal ConflictTarget(InsertNode insert, Seq<string> columns, ExprNode? predicate, string? constraint)
    {
        _insert = insert;
        _conflict = new ConflictNode(columns, predicate, constraint, [], null);
    }

    /// <summary>The predicate of the partial unique index that is meant. Its values become part of the text.</summary>
    public ConflictTarget Where(SqlBool predicate) =>
        new(_insert, _conflict.Columns, Build.Inline(Build.Operand(predicate)), _conflict.Constraint);

    /// <summary>Leaves the row out.</summary>
    public SqlConflict DoNothing() => new(_insert, _conflict);

    /// <summary>Changes the existing row.</summary>
    /// <param name="set">Sets at least one column; <see cref="Sql.Excluded{T}"/> is the row that was not inserted.</param>
    public SqlConflict DoUpdate(Action<SetClause> set) => new(_insert, _conflict with { Set = SetClause.From(set) });
}

/// <summary>ON CONFLICT of any key before its action.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AnyConflict
{
    readonly InsertNode _insert;

    internal AnyConflict(InsertNode insert) => _insert = insert;

    /// <summary>Leaves the row out.</summary>
    public SqlConflict DoNothing() => new(_insert, new ConflictNode([], null, null, [], null));
}

/// <summary>An INSERT with ON CONFLICT.</summary>
public sealed class SqlConflict : SqlStatement
{
    readonly InsertNode _insert;
    readonly ConflictNode _conflict;

    internal SqlConflict(InsertNode insert, ConflictNode conflict)
        : base(insert with { Conflict = conflict })
    {
        _insert = insert;
        _conflict = conflict;
    }

    /// <summary>Changes the row only where the condition holds; it stays as it is where not.</summary>
    public SqlConflict Where(SqlBool condition) => _conflict.DoesNothing
        ? throw new InvalidOperationException("DO NOTHING has no WHERE; leave it out.")
        : new(_insert, _conflict with { Where = Build.And(_conflict.Where, Build.Operand(condition)) });

    /// <inheritdoc cref="SqlInsert.Returning"/>
    public SqlReturning Returning(params SqlExpr[] items) => new(_insert with { Conflict = _conflict, Returning = Build.Items(items) });
}

/// <summary>Collects what is set.</summary>
public sealed class SetClause
{
    readonly List<SetNode> _set = [];

    /// <summary>Sets a column.</summary>
    public SetClause Set<T>(Column<T> column, SqlExpr<T> value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Add(Build.Set(column, value));
    }

    /// <summary>Sets a column that is known by its description.</summary>
    public SetClause Set(Column column, SqlExpr value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Add(Build.Set(column, value));
    }

    SetClause Add(SetNode set)
    {
        if (_set.Any(s => s.Column == set.Column))
            throw new ArgumentException($"Column '{set.Column}' is set twice. Set it once.", nameof(set));
        _set.Add(set);
        return this;
    }

    internal static Seq<SetNode> From(Action<SetClause> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var clause = new SetClause();
        set(clause);
        return clause._set.Count > 0 ? Seq.Of(clause._set) : throw new ArgumentException("Set at least one column.", nameof(set));
    }
}

/// <summary>A statement that changes rows and returns values of them.</summary>
public sealed class SqlReturning : SqlStatement
{
    internal SqlReturning(WriteNode node)
        : base(node)
    {
    }

    /// <summary>The statement as a CTE: what it changes happens once, what it returns can be read.</summary>
    /// <remarks>Of two columns of one name the second is known as name_2.</remarks>
    public Cte AsCte(string name)
    {
        var named = Outputs.Named(Node);
        return new(new CteNode(name, [], named), Outputs.Of(named));
    }
}
