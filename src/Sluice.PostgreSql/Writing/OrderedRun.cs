using System.Text.Json;
using Npgsql;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Statements;

namespace Sluice.PostgreSql.Writing;

/// <summary>Runs updates and deletes that take their rows in the order of their keys. See <see cref="OrderedJoin"/>.</summary>
static class OrderedRun
{
    /// <summary>Looks each row up, in the order in which they stand.</summary>
    /// <returns>The rows that the statement changed.</returns>
    internal static Task<long> LookUpAsync(ServerSession session, RenderedStatement rendered, CancellationToken cancellationToken) =>
        session.TryAsync(() => LookUpAsync(session.Lease, session.Noted(rendered), cancellationToken));

    static async Task<long> LookUpAsync(Lease lease, RenderedStatement rendered, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(lease.Connection);
        await using var disposal = batch.ConfigureAwait(false);
        var statement = StatementRun.BatchCommand(lease, rendered);
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, new(OrderedJoin.ByLookup, [])));
        batch.BatchCommands.Add(statement);
        if (!rendered.IsPlannedAnew)
            await lease.Backend.PrepareAsync(batch, statement.CommandText, cancellationToken).ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return (long)statement.RecordsAffected;
    }

    /// <summary>
    /// Whether the server, asked to, would merge the rows with the table's in the order of a key. In the open transaction it then will.
    /// </summary>
    internal static Task<bool> MergesAsync(ServerSession session, RenderedStatement rendered, IReadOnlyList<Column> key,
        CancellationToken cancellationToken) =>
        session.TryAsync(() => MergesAsync(session.Lease, rendered, key, cancellationToken));

    static async Task<bool> MergesAsync(Lease lease, RenderedStatement rendered, IReadOnlyList<Column> key,
        CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(lease.Connection);
        await using var batchDisposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, new(OrderedJoin.ByMerge, [])));
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, rendered with { Text = "EXPLAIN (FORMAT JSON) " + rendered.Text }));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        using var plans = JsonDocument.Parse(reader.GetString(0));
        // A node of an extension's own shows none below it.
        return plans.RootElement[0].GetProperty("Plan").TryGetProperty("Plans", out var below) && below[0] is var join
            && join.GetProperty("Node Type").ValueEquals("Merge Join")
                && join.GetProperty("Plans").EnumerateArray().Any(side => IsSortedBy(side, key));
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
