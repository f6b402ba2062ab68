using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>Rows are inserted, or update existing ones.</summary>
sealed class UpsertOperation(UpsertTarget target) : Operation
{
    internal UpsertOperation(Func<UpsertTarget, UpsertTarget>? on)
        : this(UpsertTarget.By(on))
    {
    }

    internal override string? Usual => ReferenceEquals(target, UpsertTarget.Default) ? "upsert" : null;

    internal override WriteRequest For(PlanRequest request)
    {
        var table = request.Table;
        var found = target.IsAnyKey
            ? new UniqueKey("any", [])
            : ConflictKey.Find(table, target.KeyColumns, target.ConstraintName, target.Predicate is not null);
        var columns = Written(request, found.Columns);
        var slots = Seq.Of(columns.Select(c => (ExprNode)new RowSlotNode(c.Name, c.Type)));
        var conflict = new ConflictNode(
            Seq.Of(found.Columns),
            target.Predicate is null ? null : Build.Inline(Build.Operand(target.Predicate)),
            null,
            target.LeavesExisting ? [] : Seq.Of(Assignments(found, columns)),
            target.Condition is null ? null : Build.Operand(target.Condition));
        if (conflict is { DoesNothing: true })
            conflict = conflict with { Where = null };
        var insert = new InsertNode((TableFrom)table.FromNode, Seq.Of(columns.Select(c => c.Name)), new ValuesNode([new TupleNode(slots)]))
        {
            Overriding = columns.Any(c => c.Generated is Generated.Always) ? "SYSTEM" : null,
            Conflict = conflict,
        };
        return new WriteRequest("upsert", new RowsStatement(new SqlConflict(insert, conflict)),
            Columns(table, found.Columns))
        { NullsEqual = found.NullsNotDistinct, Predicate = target.Predicate };
    }

    internal static IReadOnlyList<Column> Columns(Table table, IReadOnlyList<string> names) =>
        [.. names.Select(name => table.Columns.First(c => c.Name == name))];

    // A column that the database numbers is written only where it is the key by which rows are found.
    static List<Column> Written(PlanRequest request, IReadOnlyList<string> key)
    {
        var written = new List<Column>();
        var unknown = new List<string>();
        foreach (var field in request.Fields)
        {
            if (!request.Table.TryGetColumn(field.Name, out var column))
                unknown.Add(field.Name);
            else if (column.Generated is not Generated.Computed && (!field.IsGenerated || key.Contains(field.Name)))
                written.Add(column);
        }
        if (unknown.Count > 0)
            throw PlanProblems.UnknownColumns(request.Table, request.Source, unknown);
        var missing = key.Where(name => !written.Exists(c => c.Name == name)).ToList();
        return missing.Count == 0 ? written : throw PlanProblems.MissingFields("upsert", request.Table, request.Source, missing);
    }

    IEnumerable<SetNode> Assignments(UniqueKey key, List<Column> columns)
    {
        var set = target.Assignments
            ?? columns.Where(c => !key.Columns.Contains(c.Name) && target.OnInsert.All(o => o.Name != c.Name)).Select(c => new SetNode(c.Name, UpsertTarget.Excluded(c)));
        return set.Where(s => target.MoreAssignments.All(m => m.Column != s.Column)).Concat(target.MoreAssignments);
    }
}
