using Sluice.Schema;
using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>Rows are upserted, and those of the table that are within a scope and not among them are removed.</summary>
sealed class SyncIntent(UpsertTarget target, SqlBool scope, bool allowEmpty) : IWriteIntent
{
    public bool RefusesNothing => !allowEmpty;

    public WriteRequest For(PlanRequest request)
    {
        if (request.Options.Commit is CommitPolicy.PerChunk)
            throw Throw.SyncByChunks(request.Table);
        var upsert = new UpsertIntent(target).For(request);
        return upsert with { Operation = "sync", RemoveOthers = source => Remove(request.Table, upsert, source) };
    }

    SqlDelete Remove(Table table, WriteRequest upsert, SqlFrom source)
    {
        var same = upsert.SameKey(table, source).Node;
        var present = new ExistsNode(new SelectNode([new ItemNode(new LiteralNode(1, SqlType.Integer), null)]) { From = [source.FromNode], Where = same });
        return new SqlDelete(new DeleteNode((TableFrom)table.FromNode, [], Build.And(Build.Operand(scope), new UnaryNode(UnaryOperator.Not, present))));
    }
}
