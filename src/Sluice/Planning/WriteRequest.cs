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
    public SqlBool? Predicate { get; init; }

    /// <summary>
    /// Of an upsert on a partial unique index, that both a row of the table and one of a relation are in it, as far as the relation's
    /// columns tell.
    /// </summary>
    public SqlBool? InIndex(SqlFrom source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Predicate is null)
            return null;
        var known = true;
        var incoming = Incoming(Predicate.Node);
        return known ? Predicate & new SqlBool((ExprNode)incoming) : Predicate;

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

    /// <summary>Of a sync, the statement that removes the rows within its scope that are not among those of a relation.</summary>
    public Func<SqlFrom, SqlStatement>? RemoveOthers { get; init; }
}
