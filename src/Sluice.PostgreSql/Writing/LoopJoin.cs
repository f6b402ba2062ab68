using Npgsql;
using Sluice.Planning;
using Sluice.Schema;

namespace Sluice.PostgreSql.Writing;

/// <summary>An update or delete whose rows are looked up one after the other, in the order in which they stand, so that it locks them in that order by itself.</summary>
/// <remarks>
/// A join of another kind takes rows in an order of its own, and needs a statement before that locks them, which is a second join. Without sequential
/// scans the only other way is through the key's index, which is in the same order where keys are compared by their bytes: so keys of text are left out.
/// </remarks>
static class LoopJoin
{
    // Until the transaction's end. Ways that are switched off have a price so high that the server would compile the plan.
    const string Settings =
        "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true), "
        + "set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)";

    // A trigger's own statements would be planned so too, and those plans are kept for as long as the connection lives.
    const TableTraits Unserved = TableTraits.Triggers | TableTraits.Partitioned | TableTraits.Foreign | TableTraits.View | TableTraits.RowSecurity;

    internal static bool Serves(BulkPlan plan) =>
        plan.Write is { IsPlain: true, IsKeyUnique: true, NullsEqual: false }
        && (plan.Table.Traits & Unserved) == 0
        && plan.Write.Key.All(c => c.Type.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Uuid or SqlTypeKind.Date
            or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz);

    /// <summary>Runs a statement in the open transaction, which is the load's own.</summary>
    /// <returns>The rows that it changed.</returns>
    internal static async Task<long> RunAsync(NpgsqlConnection connection, RenderedStatement rendered, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var disposal = batch.ConfigureAwait(false);
        var statement = StatementRun.BatchCommand(rendered.Text, rendered.Parameters);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Settings));
        batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (long)statement.RecordsAffected;
    }
}
