using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>A statement of the caller's runs for every row.</summary>
sealed class StatementIntent(SqlStatement statement) : IWriteIntent
{
    public WriteRequest For(PlanRequest request)
    {
        var rows = new RowsStatement(statement);
        var key = statement.Node switch
        {
            InsertNode { Conflict: { Constraint: { } name } } => ConflictKey.Find(request.Table, null, name, isPartial: false).Columns,
            InsertNode { Conflict: { Columns.Count: > 0 } conflict } => ConflictKey.Find(
                request.Table, UpsertIntent.Columns(request.Table, [.. conflict.Columns]), null, conflict.Predicate is not null).Columns,
            _ => [.. request.Table.PrimaryKey.Select(c => c.Name)],
        };
        var operation = statement.Node switch { InsertNode { Conflict: null } => "insert", InsertNode => "upsert", UpdateNode => "update", _ => "delete" };
        return new WriteRequest(operation, rows, UpsertIntent.Columns(request.Table, [.. key]))
        {
            IsKeyUnique = key.Count > 0 && key.All(rows.Columns.Contains),
            Predicate = statement.Node is InsertNode { Conflict.Predicate: { } predicate } ? new SqlBool(predicate) : null,
        };
    }
}
