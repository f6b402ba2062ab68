using System.Text.Json;
using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Statements;

namespace Sluice.PostgreSql.Writing;

/// <summary>An update or delete that is joined with its rows in the order of their keys, so that it locks them in that order by itself.</summary>
/// <remarks>
/// A join of another kind takes rows in an order of its own, and needs a statement before that locks them, which is a second join.
/// Rows in order are looked up one after the other. A merge join is in the order that it sorts by, which only the server's own plan tells;
/// it is asked for where rows are many enough for that. Keys of text are left out, for their order is the collation's.
/// </remarks>
static class OrderedJoin
{
    // Until the transaction's end. Ways that are switched off have a price so high that the server would compile the plan.
    // A cache of keys that were looked up is never asked twice, and costs more than the looking up.
    const string InOrder =
        "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true), "
        + "set_config(CASE WHEN current_setting('server_version_num')::int >= 140000 THEN 'enable_memoize' ELSE 'jit' END, 'off', true)";

    // Without sequential scans the only other way to the table's rows is through the key's index.
    internal const string ByLookup = InOrder + ", set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)";

    // Where the staged rows are a good part of the table's, reading both in order once is faster than looking each up.
    internal const string ByMerge = InOrder + ", set_config('enable_mergejoin', 'on', true), set_config('enable_seqscan', 'on', true)";

    // A trigger's own statements would be planned so too, and those plans are kept for as long as the connection lives.
    const TableTraits Unserved = TableTraits.Triggers | TableTraits.Partitioned | TableTraits.Foreign | TableTraits.View | TableTraits.RowSecurity | Spread.Any;

    internal static bool Serves(BulkPlan plan) =>
        plan.Write is { IsPlain: true, IsKeyUnique: true, NullsEqual: false }
        && (plan.Table.Traits & Unserved) == 0
        && plan.Write.Key.All(c => c.Type.Kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Uuid or SqlTypeKind.Date
            or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz);

    /// <summary>Looks each row up, in the order in which they stand.</summary>
    /// <returns>The rows that the statement changed.</returns>
    internal static async Task<long> LookUpAsync(Lease lease, RenderedStatement rendered, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(lease.Connection);
        await using var disposal = batch.ConfigureAwait(false);
        var statement = StatementRun.BatchCommand(lease, rendered.Text, rendered.Parameters);
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, ByLookup, []));
        batch.BatchCommands.Add(statement);
        await lease.Backend.PrepareAsync(batch, statement.CommandText, cancellationToken).ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (long)statement.RecordsAffected;
    }

    /// <summary>Whether the server, asked to, would merge the rows with the table's in the order of a key. In the open transaction it then will.</summary>
    internal static async Task<bool> MergesAsync(
        Lease lease, RenderedStatement rendered, IReadOnlyList<Column> key, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(lease.Connection);
        await using var batchDisposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, ByMerge, []));
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, "EXPLAIN (FORMAT JSON) " + rendered.Text, rendered.Parameters));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        using var plans = JsonDocument.Parse(reader.GetString(0));
        // A node of an extension's own shows none below it.
        return plans.RootElement[0].GetProperty("Plan").TryGetProperty("Plans", out var below) && below[0] is var join
            && join.GetProperty("Node Type").ValueEquals("Merge Join") && join.GetProperty("Plans").EnumerateArray().Any(side => IsSortedBy(side, key));
    }

    // Both sides of a merge are in one order; that of the staged rows, which have no index, is written down.
    static bool IsSortedBy(JsonElement node, IReadOnlyList<Column> key)
    {
        while (node.GetProperty("Node Type").ValueEquals("Materialize") && node.TryGetProperty("Plans", out var below))
            node = below[0];
        return node.TryGetProperty("Sort Key", out var sorted) && sorted.GetArrayLength() == key.Count
            && sorted.EnumerateArray().Zip(key).All(pair => IsColumn(pair.First.GetString()!, pair.Second.Name));
    }

    static bool IsColumn(string sorted, string name) =>
        sorted.EndsWith("." + name, StringComparison.Ordinal) || sorted.EndsWith("." + PostgresNames.Quote(name), StringComparison.Ordinal);
}
