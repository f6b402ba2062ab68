using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>Rows change or remove existing ones, found by a key; they never insert.</summary>
sealed class KeyedOperation(UpdateTarget target, bool deletes) : Operation
{
    internal KeyedOperation(Func<UpdateTarget, UpdateTarget>? on, bool deletes)
        : this(deletes ? TargetCheck.ForDelete(UpdateTarget.By(on)) : UpdateTarget.By(on), deletes)
    {
    }

    internal override string? Usual => !ReferenceEquals(target, UpdateTarget.Default) ? null : deletes ? "delete" : "update";

    internal override WriteRequest For(PlanRequest request)
    {
        var table = request.Table;
        var key = target.KeyColumns ?? table.PrimaryKey;
        if (key.Count == 0)
            throw PlanProblems.NoPrimaryKey(table);
        var operation = deletes ? "delete" : "update";
        var columns = UpsertOperation.Columns(table, [.. key.Select(c => Known(table, request.Source, c))]);
        var matches = columns.Select(ExprNode (c) => new BinaryNode(WriteRequest.Sameness(c, target.NullsAreEqual), Reference(table, c), new RowSlotNode(c.Name, c.Type)) { ByIndex = true })
            .Aggregate(Build.And);
        var where = target.Condition is null ? matches : Build.And(matches, Build.Operand(target.Condition));
        var from = (TableFrom)table.FromNode;
        SqlStatement statement = deletes
            ? new SqlDelete(new DeleteNode(from, [], where))
            : new SqlUpdate(new UpdateNode(from, Seq.Of(Assignments(request, columns)), [], where));
        return new WriteRequest(operation, new RowsStatement(statement), columns)
        {
            IsKeyUnique = IsUnique(table, columns, target.NullsAreEqual),
            NullsEqual = target.NullsAreEqual,
            IsConditional = target.Condition is not null,
            IsPlain = target is { Condition: null, Assignments: null },
        };
    }

    static bool IsUnique(Table table, IReadOnlyList<Column> columns, bool nullsEqual) =>
        table.UniqueKeys.Any(k => k.Predicate is null && k.Columns.Count > 0 && k.Columns.All(name => columns.Any(c => c.Name == name))
            && (!nullsEqual || k.NullsNotDistinct || columns.All(c => !c.IsNullable)));

    static string Known(Table table, string source, Column column) => table.TryGetColumn(column.Name, out _)
        ? column.Name
        : throw PlanProblems.UnknownColumns(table, source, [column.Name]);

    static ColumnNode Reference(Table table, Column column) => new(table.Id, column.Name, column.Type);

    // Columns that the rows do not bring are left as they are.
    IEnumerable<SetNode> Assignments(PlanRequest request, IReadOnlyList<Column> key)
    {
        if (target.Assignments is { } given)
            return given;
        var unknown = request.Fields.Select(f => f.Name).Where(name => !request.Table.TryGetColumn(name, out _)).ToList();
        if (unknown.Count > 0)
            throw PlanProblems.UnknownColumns(request.Table, request.Source, unknown);
        var set = request.Table.Columns
            .Where(c => c.Generated is Generated.Never && key.All(k => k.Name != c.Name) && request.Fields.Any(f => f.Name == c.Name && !f.IsGenerated))
            .Select(c => new SetNode(c.Name, new RowSlotNode(c.Name, c.Type)))
            .ToList();
        return set.Count > 0 ? set : throw PlanProblems.NothingToSet(request.Table, request.Source);
    }
}
