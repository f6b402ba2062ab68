using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>Rows are upserted, and those of the table that are within a scope and not among them are removed.</summary>
sealed class SyncOperation(Func<UpsertTarget, UpsertTarget>? on, SqlBool scope, bool allowEmpty) : Operation
{
    readonly UpsertTarget _target = UpsertTarget.By(on);
    readonly SqlBool _scope = scope ?? throw new ArgumentNullException(nameof(scope));

    internal override bool RefusesNothing => !allowEmpty;

    internal override WriteRequest For(PlanRequest request)
    {
        if (request.Options.Commit != CommitPolicy.Atomic)
            throw PlanProblems.SyncByChunks(request.Table);
        var upsert = new UpsertOperation(_target).For(request);
        return upsert with { Operation = "sync", RemoveOthers = source => Remove(request.Table, upsert, source) };
    }

    SqlDelete Remove(Table table, WriteRequest upsert, SqlFrom source)
    {
        var goes = Build.And(Build.Operand(_scope), Absent(upsert.SameKey(table, source), source));
        var nullable = upsert.NullsEqual ? [] : upsert.Key.Where(c => c.IsNullable).ToList();
        if (nullable.Count > 0)
        {
            // A row with a null in its key was inserted, and is there for all that. By itself, for only joins on equality are fast ones.
            var hasNull = nullable.Select(c => table[c].IsNull()).Aggregate((one, other) => one | other);
            var absent = new SqlBool(Absent((upsert with { NullsEqual = true }).SameKey(table, source), source));
            goes = Build.And(goes, (!hasNull | absent).Node);
        }
        return new SqlDelete(new DeleteNode((TableFrom)table.FromNode, [], goes));
    }

    static UnaryNode Absent(SqlBool same, SqlFrom source) => new(
        UnaryOperator.Not, new ExistsNode(new SelectNode([new ItemNode(new LiteralNode(1, SqlType.Integer), null)]) { From = [source.FromNode], Where = same.Node }));
}
