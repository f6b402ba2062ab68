using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>Rows are inserted, by a statement that can return what it stored.</summary>
sealed class InsertOperation : Operation
{
    internal override string? Usual => "insert";

    internal override bool OnlyInserts => true;

    internal override WriteRequest For(PlanRequest request)
    {
        var table = request.Table;
        var columns = FieldMatch.ForInsert(request, out _).Select(c => c.Target).ToList();
        var slots = Seq.Of(columns.Select(c => (ExprNode)new RowSlotNode(c.Name, c.Type)));
        // Rows that bring nothing are made of defaults.
        var insert = new InsertNode((TableFrom)table.FromNode, Seq.Of(columns.Select(c => c.Name)),
            columns.Count == 0 ? null : new ValuesNode([new TupleNode(slots)]))
        {
            Overriding = columns.Any(c => c.Generated is Generated.Always) ? "SYSTEM" : null,
        };
        return new WriteRequest("insert", new RowsStatement(new SqlReturning(insert)), Key(table, columns)) { IsPlain = true };
    }

    // Rows that were inserted are told by a key whose values they brought.
    static IReadOnlyList<Column> Key(Table table, List<Column> columns) =>
        Brings(columns, table.PrimaryKey) ? table.PrimaryKey
        : table.UniqueKeys.Where(k => k.Predicate is null && k.Columns.Count > 0).Select(k => UpsertOperation.Columns(table, k.Columns))
            .FirstOrDefault(key => Brings(columns, key) && key.All(c => !c.IsNullable)) ?? [];

    static bool Brings(List<Column> columns, IReadOnlyList<Column> key) =>
        key.Count > 0 && key.All(k => columns.Exists(c => c.Name == k.Name));
}
