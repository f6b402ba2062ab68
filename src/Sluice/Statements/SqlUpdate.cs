using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

/// <summary>An UPDATE before its first SET.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UpdateStart
{
    readonly TableFrom _target;

    internal UpdateStart(TableFrom target) => _target = target;

    /// <summary>Sets a column.</summary>
    public UpdateSet Set<T>(Column<T> column, SqlExpr<T> value) => new UpdateSet(new UpdateNode(_target, [], [], null)).Set(column, value);

    /// <summary>Sets a column that is known by its description.</summary>
    public UpdateSet Set(Column column, SqlExpr value) => new UpdateSet(new UpdateNode(_target, [], [], null)).Set(column, value);
}

/// <summary>An UPDATE without a condition. It needs one, or <see cref="All"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UpdateSet
{
    readonly UpdateNode _node;

    internal UpdateSet(UpdateNode node) => _node = node;

    /// <summary>Sets another column.</summary>
    public UpdateSet Set<T>(Column<T> column, SqlExpr<T> value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Add(Build.Set(column, value));
    }

    /// <summary>Sets another column that is known by its description.</summary>
    public UpdateSet Set(Column column, SqlExpr value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Add(Build.Set(column, value));
    }

    UpdateSet Add(SetNode set) => _node.Set.Any(s => s.Column == set.Column)
        ? throw new ArgumentException($"Column '{set.Column}' is set twice. Set it once.", nameof(set))
        : new(_node with { Set = _node.Set.Add(set) });

    /// <summary>Where the new values come from. A row that meets several of these gets the values of any of them.</summary>
    public UpdateSet From(params SqlFrom[] items) => new(_node with { From = _node.From.AddRange(items.Select(i => i.FromNode)) });

    /// <summary>Changes rows for which the condition holds.</summary>
    public SqlUpdate Where(SqlBool condition) => new(_node with { Where = Build.Operand(condition) });

    /// <summary>Changes every row.</summary>
    public SqlUpdate All() => new(_node);
}

/// <summary>An UPDATE.</summary>
public sealed class SqlUpdate : SqlStatement
{
    internal SqlUpdate(UpdateNode node)
        : base(node)
    {
    }

    UpdateNode Update => (UpdateNode)Node;

    /// <summary>Keeps only rows for which this holds too.</summary>
    public SqlUpdate Where(SqlBool condition) => new(Update with { Where = Build.And(Update.Where, Build.Operand(condition)) });

    /// <summary>Returns values of the changed rows, in no order.</summary>
    public SqlReturning Returning(params SqlExpr[] items) => new(Update with { Returning = Build.Items(items) });

    /// <summary>Lists CTEs that nothing in the statement names.</summary>
    public SqlUpdate With(params Cte[] ctes) => new(Update with { With = Update.With.AddRange(ctes.Select(c => c.Node)) });
}

/// <summary>A DELETE without a condition. It needs one, or <see cref="All"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeleteStart
{
    readonly DeleteNode _node;

    internal DeleteStart(DeleteNode node) => _node = node;

    /// <summary>What the condition looks at beside the table.</summary>
    public DeleteStart Using(params SqlFrom[] items) => new(_node with { Using = _node.Using.AddRange(items.Select(i => i.FromNode)) });

    /// <summary>Removes rows for which the condition holds.</summary>
    public SqlDelete Where(SqlBool condition) => new(_node with { Where = Build.Operand(condition) });

    /// <summary>Removes every row.</summary>
    public SqlDelete All() => new(_node);
}

/// <summary>A DELETE.</summary>
public sealed class SqlDelete : SqlStatement
{
    internal SqlDelete(DeleteNode node)
        : base(node)
    {
    }

    DeleteNode Delete => (DeleteNode)Node;

    /// <summary>Keeps the condition and adds another.</summary>
    public SqlDelete Where(SqlBool condition) => new(Delete with { Where = Build.And(Delete.Where, Build.Operand(condition)) });

    /// <summary>Returns values of the removed rows, in no order.</summary>
    public SqlReturning Returning(params SqlExpr[] items) => new(Delete with { Returning = Build.Items(items) });

    /// <summary>Lists CTEs that nothing in the statement names.</summary>
    public SqlDelete With(params Cte[] ctes) => new(Delete with { With = Delete.With.AddRange(ctes.Select(c => c.Node)) });
}

/// <summary>A MERGE before its source.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MergeStart
{
    readonly TableFrom _target;

    internal MergeStart(TableFrom target) => _target = target;

    /// <summary>The source, and what makes one of its rows the same as one of the table's.</summary>
    public SqlMerge Using(SqlFrom source, SqlBool on)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(new MergeNode(_target, source.FromNode, Build.Operand(on), []));
    }
}

/// <summary>A MERGE. The first WHEN that fits a row decides.</summary>
public sealed class SqlMerge : SqlStatement
{
    internal SqlMerge(MergeNode node)
        : base(node)
    {
    }

    MergeNode Merge => (MergeNode)Node;

    /// <summary>Updates existing rows.</summary>
    public SqlMerge WhenMatchedUpdate(Action<SetClause> set, SqlBool? and = null) =>
        Add(new(true, and?.Node, MergeAction.Update, SetClause.From(set)));

    /// <summary>Deletes existing rows.</summary>
    public SqlMerge WhenMatchedDelete(SqlBool? and = null) => Add(new(true, and?.Node, MergeAction.Delete, []));

    /// <summary>Leaves existing rows.</summary>
    public SqlMerge WhenMatchedDoNothing(SqlBool? and = null) => Add(new(true, and?.Node, MergeAction.Nothing, []));

    /// <summary>Inserts rows that are not there.</summary>
    public SqlMerge WhenNotMatchedInsert(Action<SetClause> set, SqlBool? and = null) =>
        Add(new(false, and?.Node, MergeAction.Insert, SetClause.From(set)));

    SqlMerge Add(MergeWhenNode when) => new(Merge with { Whens = Merge.Whens.Add(when) });

    /// <summary>Returns values of the rows that were changed.</summary>
    public SqlReturning Returning(params SqlExpr[] items) => new(Merge with { Returning = Build.Items(items) });
}
