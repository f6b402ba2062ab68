using System.ComponentModel;
using Sluice.Statements;

namespace Sluice;

/// <summary>How an update or a delete finds its rows, and what it does to them. Each member returns another one.</summary>
public sealed class UpdateTarget
{
    internal static UpdateTarget Default { get; } = new();

    UpdateTarget()
    {
    }

    /// <summary>What a caller describes, or the default.</summary>
    internal static UpdateTarget By(Func<UpdateTarget, UpdateTarget>? on) => on?.Invoke(Default) ?? Default;

    internal IReadOnlyList<Column>? KeyColumns { get; private init; }

    internal IReadOnlyList<SetNode>? Assignments { get; private init; }

    internal SqlBool? Condition { get; private init; }

    internal bool NullsAreEqual { get; private init; }

    UpdateTarget With(IReadOnlyList<Column>? key = null, IReadOnlyList<SetNode>? set = null, SqlBool? condition = null,
        bool? nullsEqual = null) => TargetCheck.Of(new UpdateTarget
        {
            KeyColumns = key ?? KeyColumns,
            Assignments = set ?? Assignments,
            Condition = condition ?? Condition,
            NullsAreEqual = nullsEqual ?? NullsAreEqual,
        });

    /// <summary>
    /// Rows are found by these columns; without this, by the primary key. Where several rows of the table have a key, all are changed.
    /// </summary>
    /// <exception cref="ArgumentException">No column is named, or the key was said before.</exception>
    public UpdateTarget Columns(params Column[] key) => With(key: TargetCheck.Key(key, KeyColumns is null));

    /// <summary>A null in the key finds the rows that have a null there. Without this it finds none, as SQL has it.</summary>
    public UpdateTarget NullsEqual() => With(nullsEqual: true);

    /// <summary>Only these columns are changed; without this, all that the rows bring and that are not in the key.</summary>
    /// <exception cref="ArgumentException">No column is named, or a column is set twice.</exception>
    public UpdateTarget Set(params Column[] columns) =>
        Setting(TargetCheck.Some(columns).Select(c => new SetNode(c.Name, new RowSlotNode(c.Name, c.Type))));

    /// <summary>A column is set to an expression over the existing row and over <see cref="Sql.Row{T}"/>, the row that came.</summary>
    public UpdateTarget Set<T>(Column<T> column, SqlExpr<T> value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Setting([Build.Set(column.Description, value)]);
    }

    /// <summary>Does not compile, for it could mean that both columns are taken over, or that one is set to the other.</summary>
    [Obsolete("Two columns can be meant in two ways. Set(a).Set(b) takes both over from the row that came; Set(a, Row(b)) sets one to the other of that row, and Set(a, (SqlExpr<T>)b) to that of the row that is there.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UpdateTarget Set<T>(Column<T> column, Column<T> other) => Set<T>(column, (SqlExpr<T>)other);

    UpdateTarget Setting(IEnumerable<SetNode> set) => With(set: [.. Assignments ?? [], .. set]);

    /// <summary>Rows are changed only where the condition holds; called again, where all hold.</summary>
    public UpdateTarget Where(SqlBool condition) => With(condition: Condition is null ? condition : Condition & condition);
}
