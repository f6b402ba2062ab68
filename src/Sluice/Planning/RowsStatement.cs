using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>
/// A statement for many rows: once for one row, and once for all rows of a relation. Which is sent is the database's choice.
/// </summary>
[Experimental(ExperimentalFor.Providers)]
public sealed class RowsStatement : IEquatable<RowsStatement>
{
    readonly WriteNode _node;

    internal RowsStatement(SqlStatement statement)
    {
        ForOneRow = statement;
        _node = statement.Node as WriteNode ?? throw PlanProblems.NotForRows();
        if (_node is InsertNode { Source: ValuesNode { Rows.Count: > 1 } })
            throw PlanProblems.SeveralRowsForOne(_node.Target.Table);
        var names = new List<string>();
        Collect(_node);
        Columns = names.Count > 0 || _node is InsertNode { Source: null } ? names : throw PlanProblems.NotForRows();

        void Collect(Node node)
        {
            if (node is RowSlotNode slot && !names.Contains(slot.Name))
                names.Add(slot.Name);
            node.ForEachChild(Collect);
        }
    }

    /// <summary>Whether another one is the same statement with the same values.</summary>
    public bool Equals(RowsStatement? other) =>
        other is not null && (ReferenceEquals(this, other) || new NodeValue(_node).Equals(new NodeValue(other._node)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RowsStatement);

    /// <inheritdoc/>
    public override int GetHashCode() => _node.GetHashCode();

    /// <summary>The columns that each row brings, by name.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The statement with a placeholder for each of a row's values.</summary>
    public SqlStatement ForOneRow { get; }

    /// <summary>Whether existing rows are left as they are.</summary>
    public bool IgnoresConflicts => _node is InsertNode { Conflict.DoesNothing: true };

    /// <summary>Whether it changes existing rows.</summary>
    public bool CanUpdate => _node is InsertNode { Conflict.DoesNothing: false } or UpdateNode;

    /// <summary>Whether existing rows are changed under a condition only.</summary>
    public bool HasCondition => _node is InsertNode { Conflict.Where: not null };

    /// <summary>Whether it inserts.</summary>
    public bool Inserts => _node is InsertNode;

    /// <summary>Whether what it changes of an existing row depends on the time.</summary>
    public bool ChangesByTime => _node is InsertNode { Conflict: { } conflict } && IsTime(conflict);

    static bool IsTime(Node node)
    {
        var found = node is KnownFunctionNode { Function: KnownFunction.Now };
        node.ForEachChild(child => found |= IsTime(child));
        return found;
    }

    /// <summary>
    /// Of an upsert, the same with a value in place of the time that the database would tell for existing rows.
    /// </summary>
    public RowsStatement ChangedAt(DateTimeOffset time)
    {
        var insert = _node as InsertNode ?? throw PlanProblems.NotForRows();
        return new RowsStatement(new SqlReturning(insert with { Conflict = (ConflictNode?)(insert.Conflict is null ? null : At(insert.Conflict)) }));

        Node At(Node node) =>
            node is KnownFunctionNode { Function: KnownFunction.Now } ? new ParamNode(time, SqlType.TimestampTz) : node.Map(At);
    }

    /// <summary>Whether it removes rows.</summary>
    public bool Deletes => _node is DeleteNode;

    /// <summary>The statement for one row that returns columns of the row it changed.</summary>
    public SqlReturning ForOneRowReturning(Table table, IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        return new SqlReturning(_node with { Returning = Build.Items([.. columns.Select(c => (SqlExpr)table[c])]) });
    }

    /// <summary>Of an insert, the same with a further column, which overrides what the database would give it.</summary>
    public RowsStatement With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var insert = _node as InsertNode ?? throw PlanProblems.NotForRows();
        var row = insert.Source switch { null => new TupleNode([]), ValuesNode values => values.Rows[0], _ => throw PlanProblems.NotForRows() };
        return new RowsStatement(new SqlReturning(insert with
        {
            Columns = insert.Columns.Add(column.Name),
            Source = new ValuesNode([row with { Items = row.Items.Add(new RowSlotNode(column.Name, column.Type)) }]),
            Overriding = "SYSTEM",
        }));
    }

    /// <summary>The statement over a relation that holds the rows.</summary>
    /// <param name="source">Has the columns of <see cref="Columns"/> under their names.</param>
    /// <param name="order">The columns in whose order rows are inserted; empty for none.</param>
    /// <param name="returning">What it returns of each row that it changed.</param>
    public SqlReturning Over(SqlFrom source, IReadOnlyList<Column> order, params SqlExpr[] returning)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(order);
        var filling = new SlotFilling(slot => Reference(source, slot.Name));
        // The rows stand first, so that what is lateral sees them.
        WriteNode node = _node switch
        {
            InsertNode insert => Inserting(insert, filling, source, order),
            UpdateNode update => From(filling.Fill(update), source),
            DeleteNode delete => Using(filling.Fill(delete), source),
            _ => throw PlanProblems.NotForRows(),
        };
        // What the statement itself returns has no reader here.
        return new SqlReturning(node with { Returning = Build.Items(returning) });
    }

    /// <summary>The statement over no row at all, for asking the database what it thinks of it.</summary>
    public SqlReturning OverNothing(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Columns.Select(name => table.Columns.First(c => c.Name == name)).ToArray();
        var same = new Table(table.Name, table.Schema, columns, []);
        return Over(Sql.Select([.. columns.Select(c => same[c].As(c.Name))]).From(same).Limit(0).As("sluice_none"), []);
    }

    static UpdateNode From(UpdateNode update, SqlFrom source) => update with { From = Seq.Of(update.From.Prepend(source.FromNode)) };

    static DeleteNode Using(DeleteNode delete, SqlFrom source) => delete with { Using = Seq.Of(delete.Using.Prepend(source.FromNode)) };

    static InsertNode Inserting(InsertNode insert, SlotFilling filling, SqlFrom source, IReadOnlyList<Column> order)
    {
        var listed = filling.Fill(insert with { Source = null, Conflict = null, Returning = [] });
        return listed with { Source = Query(insert, filling, source, order), Conflict = insert.Conflict is null ? null : Conflicting(insert, insert.Conflict) };
    }

    static SelectNode Query(InsertNode insert, SlotFilling filling, SqlFrom source, IReadOnlyList<Column> order)
    {
        var from = new FromId(null, "sluice_each", null);
        Seq<string> names = Seq.Of(insert.Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i}")));
        var select = insert.Source is ValuesNode values
            ? new SelectNode(Seq.Of(values.Rows[0].Items.Select(item => new ItemNode(filling.Fill(item), null)))) { From = [source.FromNode] }
            // A query of the caller's runs for each row by itself.
            : new SelectNode(Seq.Of(names.Select(name => new ItemNode(new ColumnNode(from, name, null), null))))
            {
                From = [source.FromNode, new QueryFrom(from, filling.Fill((QueryNode)insert.Source!), Lateral: true, names)],
            };
        return select with { OrderBy = Seq.Of(InOrder(source, order).Select(by => by.Node)) };
    }

    // Behind ON CONFLICT the rows are not in sight, only the one that came: in the form in which it was to be inserted.
    static ConflictNode Conflicting(InsertNode insert, ConflictNode conflict)
    {
        if (conflict.Predicate is { } predicate && SlotFilling.HasSlots(predicate))
            throw PlanProblems.RowInPredicate(insert.Target.Table);
        return new SlotFilling(Excluded).Fill(conflict);

        ExprNode Excluded(RowSlotNode slot) =>
            IsInserted(slot.Name) ? new NameNode("excluded", slot.Name) : throw PlanProblems.RowNotInserted(slot.Name, insert.Target.Table);

        bool IsInserted(string name) => insert is { Overriding: not "USER", Source: ValuesNode { Rows: [var row] } }
            && row.Items.Zip(insert.Columns).Any(pair => pair.Second == name && pair.First is RowSlotNode { Name: var given } && given == name);
    }

    /// <summary>
    /// The order of a relation's rows by key. Text is by code point, as rows are sorted before they are sent: all writers must have one
    /// order.
    /// </summary>
    public static SqlOrder[] InOrder(SqlFrom source, IReadOnlyList<Column> key)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(key);
        return [.. key.Select(column => new SqlOrder(new OrderNode(
            column.Type.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char
                ? new CollateNode(Reference(source, column.Name), "C")
                : Reference(source, column.Name),
            Descending: false,
            default)))];
    }

    static ExprNode Reference(SqlFrom source, string column) => source[column].Node;
}
