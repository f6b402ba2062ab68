using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>What the rows of a source are to do to a table.</summary>
/// <param name="Operation">As plans name it: "upsert", "update", "delete", "sync".</param>
/// <param name="Statement">What happens to each row.</param>
/// <param name="Key">The columns that find a row's counterpart in the table.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record WriteRequest(string Operation, RowsStatement Statement, IReadOnlyList<Column> Key)
{
    readonly NodeValue? _predicate;
    readonly NodeValue? _scope;

    /// <summary>The columns that find a row's counterpart in the table.</summary>
    public IReadOnlyList<Column> Key { get; init => field = Seq.Of(value); } = Seq.Of(Key);

    /// <summary>That rows of two relations, of which one may be the table, have the same key.</summary>
    public SqlBool SameKey(SqlFrom left, SqlFrom right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Key.Select(c => Same(c, left[c], right[c])).Aggregate((one, other) => one & other);
    }

    /// <summary>That two values of a column of the key are the same, as the key sees it.</summary>
    public SqlBool Same(Column column, SqlExpr left, SqlExpr right)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new SqlBool(new BinaryNode(Sameness(column, NullsEqual), left.Node, right.Node) { ByIndex = true });
    }

    // Only where it must be: few joins can use an index or a hash for the comparison that takes nulls as equal.
    internal static BinaryOperator Sameness(Column column, bool nullsEqual) =>
        nullsEqual && column.IsNullable ? BinaryOperator.IsNotDistinctFrom : BinaryOperator.Equal;

    /// <summary>Whether a null in the key equals another null.</summary>
    public bool NullsEqual { get; init; }

    /// <summary>Of an upsert on a partial unique index, the condition under which rows are in it.</summary>
    public SqlBool? Predicate
    {
        get => _predicate is null ? null : new SqlBool((ExprNode)_predicate.Node);
        init => _predicate = NodeValue.Of(value);
    }

    /// <summary>
    /// Of an upsert on a partial unique index, that both a row of the table and one of a relation are in it, as far as the relation's
    /// columns tell.
    /// </summary>
    public SqlBool? InIndex(SqlFrom source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Predicate is not { } predicate)
            return null;
        var known = true;
        var incoming = Incoming(predicate.Node);
        return known ? predicate & new SqlBool((ExprNode)incoming) : predicate;

        Node Incoming(Node node)
        {
            if (node is not ColumnNode column)
                return node.Map(Incoming);
            known &= Statement.Columns.Contains(column.Name);
            return known ? source[column.Name].Node : column;
        }
    }

    /// <summary>Whether at most one row of the table has a key's values.</summary>
    public bool IsKeyUnique { get; init; } = true;

    /// <summary>Whether an update or delete leaves rows alone that its key finds, because of a condition.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether an insert, update or delete has no condition but the key, and writes nothing but values of the rows.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Of a sync, the condition of the table's rows that it removes where they are not among its own.</summary>
    public SqlBool? Within
    {
        get => _scope is null ? null : new SqlBool((ExprNode)_scope.Node);
        init => _scope = NodeValue.Of(value);
    }

    /// <summary>Whether rows of the table are removed that are not among those of the source.</summary>
    public bool RemovesOthers => _scope is not null;

    /// <summary>Of a sync, the statement that removes the rows within its scope that are not among those of a relation.</summary>
    /// <param name="table">The table.</param>
    /// <param name="kept">Has the columns of the key.</param>
    /// <exception cref="InvalidOperationException">The request has no scope.</exception>
    public SqlDelete RemoveOthers(Table table, SqlFrom kept)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(kept);
        var scope = Within ?? throw new InvalidOperationException("Only a sync removes rows that are not among those of its source.");
        var goes = Build.And(Build.Operand(scope), Absent(SameKey(table, kept), kept));
        var nullable = NullsEqual ? [] : Key.Where(c => c.IsNullable).ToList();
        if (nullable.Count > 0)
        {
            // A row with a null in its key was inserted, and is there for all that. By itself, for only joins on equality are fast ones.
            var hasNull = nullable.Select(c => table[c].IsNull()).Aggregate((one, other) => one | other);
            var absent = new SqlBool(Absent((this with { NullsEqual = true }).SameKey(table, kept), kept));
            goes = Build.And(goes, (!hasNull | absent).Node);
        }
        return new SqlDelete(new DeleteNode((TableFrom)table.FromNode, [], goes));
    }

    static UnaryNode Absent(SqlBool same, SqlFrom kept) => new(
        UnaryOperator.Not, new ExistsNode(new SelectNode([new ItemNode(new LiteralNode(1, SqlType.Integer), null)]) { From = [kept.FromNode], Where = same.Node }));
}
