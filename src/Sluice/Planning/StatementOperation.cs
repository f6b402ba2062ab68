using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>A statement of the caller's runs for every row.</summary>
sealed class StatementOperation(SqlStatement statement) : Operation
{
    internal override WriteRequest For(PlanRequest request)
    {
        var rows = new RowsStatement(statement);
        var key = statement.Node switch
        {
            InsertNode { Conflict: { Constraint: { } name } } => ConflictKey.Find(request.Table, null, name, isPartial: false).Columns,
            InsertNode { Conflict: { Columns.Count: > 0 } conflict } => ConflictKey.Find(
                request.Table, UpsertOperation.Columns(request.Table, [.. conflict.Columns]), null, conflict.Predicate is not null).Columns,
            InsertNode => [.. request.Table.PrimaryKey.Select(c => c.Name)],
            _ => KeyOf(request.Table, statement.Node, rows),
        };
        var operation = statement.Node switch { InsertNode { Conflict: null } => "insert", InsertNode => "upsert", UpdateNode => "update", _ => "delete" };
        return new WriteRequest(operation, rows, UpsertOperation.Columns(request.Table, [.. key]))
        {
            IsKeyUnique = key.Count > 0 && key.All(rows.Columns.Contains)
                && (statement.Node is InsertNode || request.Table.PrimaryKey.Count > 0),
            Predicate = statement.Node is InsertNode { Conflict.Predicate: { } predicate } ? new SqlBool(predicate) : null,
        };
    }

    // What tells a row's counterparts from other rows: in a table without a primary key the columns that the condition compares with the
    // row's own, and without such all that the row brings.
    static IReadOnlyList<string> KeyOf(Table table, StatementNode statement, RowsStatement rows)
    {
        if (table.PrimaryKey.Count > 0)
            return [.. table.PrimaryKey.Select(c => c.Name)];
        var compared = new List<string>();
        Collect(statement switch { UpdateNode update => update.Where, DeleteNode delete => delete.Where, _ => null });
        return compared.Count > 0 ? compared : rows.Columns;

        void Collect(ExprNode? condition)
        {
            if (condition is BinaryNode { Operator: BinaryOperator.And } both)
            {
                Collect(both.Left);
                Collect(both.Right);
            }
            else if (condition is BinaryNode { Operator: BinaryOperator.Equal } same && Compared(same.Left, same.Right) is { } name && !compared.Contains(name))
            {
                compared.Add(name);
            }
        }
    }

    static string? Compared(ExprNode left, ExprNode right) => (left, right) switch
    {
        (ColumnNode column, RowSlotNode row) when column.Name == row.Name => column.Name,
        (RowSlotNode row, ColumnNode column) when column.Name == row.Name => column.Name,
        _ => null,
    };
}
