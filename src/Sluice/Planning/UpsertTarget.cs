using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

/// <summary>How an upsert finds the existing rows, and what it does to them. Each member returns another one.</summary>
public sealed class UpsertTarget
{
    internal static UpsertTarget Default { get; } = new();

    UpsertTarget()
    {
    }

    /// <summary>What a caller describes, or the default.</summary>
    internal static UpsertTarget By(Func<UpsertTarget, UpsertTarget>? on) => on?.Invoke(Default) ?? Default;

    internal IReadOnlyList<Column>? KeyColumns { get; private init; }

    internal string? ConstraintName { get; private init; }

    internal SqlBool? Predicate { get; private init; }

    internal IReadOnlyList<SetNode>? Assignments { get; private init; }

    internal IReadOnlyList<Column> OnInsert { get; private init; } = [];

    internal SqlBool? Condition { get; private init; }

    internal bool LeavesExisting { get; private init; }

    internal IReadOnlyList<SetNode> MoreAssignments { get; private init; } = [];

    internal bool IsAnyKey { get; private init; }

    UpsertTarget With(
        IReadOnlyList<Column>? key = null, string? constraint = null, SqlBool? predicate = null, IReadOnlyList<SetNode>? set = null, IReadOnlyList<Column>? onInsert = null,
        SqlBool? condition = null, bool? leaves = null, IReadOnlyList<SetNode>? also = null, bool? anyKey = null) => TargetCheck.Of(new UpsertTarget
        {
            KeyColumns = key ?? KeyColumns,
            ConstraintName = constraint ?? ConstraintName,
            Predicate = predicate ?? Predicate,
            Assignments = set ?? Assignments,
            OnInsert = onInsert ?? OnInsert,
            Condition = condition ?? Condition,
            LeavesExisting = leaves ?? LeavesExisting,
            MoreAssignments = also ?? MoreAssignments,
            IsAnyKey = anyKey ?? IsAnyKey,
        });

    /// <summary>Rows are found by these columns, which must be a unique key of the table; without this, by the primary key.</summary>
    /// <exception cref="ArgumentException">No column is named, or the key was said before.</exception>
    public UpsertTarget Columns(params Column[] key) => With(key: TargetCheck.Key(key, KeyColumns is null && ConstraintName is null));

    /// <summary>Rows are found by the columns of a named constraint or unique index.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the key was said before.</exception>
    public UpsertTarget Constraint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return KeyColumns is null && ConstraintName is null ? With(constraint: name) : throw TargetCheck.KeyTwice(nameof(name));
    }

    /// <summary>
    /// The unique key is a partial index with this predicate, whose values become part of the text; called again, with all of them.
    /// </summary>
    public UpsertTarget WhereIndex(SqlBool predicate) => With(predicate: Predicate is null ? predicate : Predicate & predicate);

    /// <summary>Only these columns are taken over into existing rows; without this, all that the rows bring.</summary>
    /// <exception cref="ArgumentException">No column is named, or a column is set twice or said to be kept.</exception>
    public UpsertTarget Set(params Column[] columns) => Setting(TargetCheck.Some(columns).Select(c => new SetNode(c.Name, Excluded(c))));

    /// <summary>
    /// A column of existing rows is set to an expression over them and over <see cref="Sql.Excluded{T}"/>, the row that came.
    /// </summary>
    public UpsertTarget Set<T>(Column<T> column, SqlExpr<T> value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Setting([Build.Set(column.Description, value)]);
    }

    /// <summary>Does not compile, for it could mean that both columns are taken over, or that one is set to the other.</summary>
    [Obsolete("Two columns can be meant in two ways. Set(a).Set(b) takes both over from the row that came; Set(a, Excluded(b)) sets one to the other of that row, and Set(a, (SqlExpr<T>)b) to that of the row that is there.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UpsertTarget Set<T>(Column<T> column, Column<T> other) => Set<T>(column, (SqlExpr<T>)other);

    /// <summary>Besides what is set anyway, a column of existing rows is set to an expression, as the time of the change.</summary>
    public UpsertTarget AlsoSet<T>(Column<T> column, SqlExpr<T> value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return With(also: [.. MoreAssignments, Build.Set(column.Description, value)]);
    }

    UpsertTarget Setting(IEnumerable<SetNode> set) => With(set: [.. Assignments ?? [], .. set]);

    internal static ExprNode Excluded(Column column) => new NameNode("excluded", column.Name) { Type = column.Type };

    /// <summary>Columns that new rows get and existing rows keep, as the time of creation.</summary>
    public UpsertTarget InsertOnly(params Column[] columns) => With(onInsert: [.. OnInsert, .. columns]);

    /// <summary>Existing rows are changed only where the condition holds; called again, where all hold.</summary>
    public UpsertTarget Where(SqlBool condition) => With(condition: Condition is null ? condition : Condition & condition);

    /// <summary>Existing rows are left as they are.</summary>
    public UpsertTarget DoNothing() => With(leaves: true);

    /// <summary>Rows that any unique key of the table finds are left as they are, whichever key it is.</summary>
    public UpsertTarget DoNothingOnAnyKey() => With(leaves: true, anyKey: true);
}
