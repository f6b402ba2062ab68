using Sluice.Schema;
using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>What the rows of a source are to do to a table.</summary>
/// <param name="Operation">As plans name it: "upsert", "update", "delete", "sync".</param>
/// <param name="Statement">What happens to each row.</param>
/// <param name="Key">The columns that find a row's counterpart in the table.</param>
public sealed record WriteRequest(string Operation, RowsStatement Statement, IReadOnlyList<Column> Key)
{
    /// <summary>That a row of the table and one of a relation have the same key.</summary>
    public SqlBool SameKey(Table table, SqlFrom source)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(source);
        return new SqlBool(Key.Select(ExprNode (c) => new BinaryNode(BinaryOperator.Equal, new ColumnNode(table.Id, c.Name, c.Type), source[c].Node)).Aggregate(Build.And));
    }

    /// <summary>Whether at most one row of the table has a key's values.</summary>
    public bool IsKeyUnique { get; init; } = true;

    /// <summary>Of a sync, the statement that removes the rows within its scope that are not among those of a relation.</summary>
    public Func<SqlFrom, SqlStatement>? RemoveOthers { get; init; }
}
