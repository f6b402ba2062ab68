using Npgsql;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Statements;

namespace Sluice.PostgreSql.Writing;

/// <summary>How many rows an upsert inserted and updated, by what the server counts of a table within a transaction.</summary>
/// <remarks>
/// RETURNING tells it too, but a row for each that was written is a tenth of the server's time. An insertion that another session's row
/// made the server take back is counted as inserted and deleted (heap_abort_speculative in PostgreSQL's heapam.c).
/// </remarks>
static class UpsertCount
{
    /// <summary>Runs an upsert in one round trip with the questions before and after it.</summary>
    /// <returns>
    /// The rows that it changed and how many of them were there before, which is unknown where the server does not count.
    /// </returns>
    internal static Task<(long Changed, long? Updated)> RunAsync(ServerSession session, Table table, RenderedStatement upsert,
        CancellationToken cancellationToken) =>
        session.TryAsync(() => RunAsync(session.Lease, table, session.Noted(upsert), isAlone: !session.Transaction.IsOpen, cancellationToken));

    // Where it commits by itself it is not run unless the server counts.
    static async Task<(long Changed, long? Updated)> RunAsync(
        Lease lease, Table table, RenderedStatement upsert, bool isAlone, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(lease.Connection);
        await using var batchDisposal = batch.ConfigureAwait(false);
        var statement = StatementRun.BatchCommand(lease, upsert);
        batch.BatchCommands.Add(Question(lease, table, isAlone));
        batch.BatchCommands.Add(statement);
        batch.BatchCommands.Add(Question(lease, table, isAlone));
        await lease.Backend.PrepareAsync(batch, statement.CommandText, cancellationToken).ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var before = await AnswerAsync(reader, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var after = await AnswerAsync(reader, cancellationToken).ConfigureAwait(false);
        long changed = statement.RecordsAffected;
        var updated = after.Updated - before.Updated;
        return (changed, after.Inserted - before.Inserted + updated == changed ? updated : null);
    }

    // A division by zero ends the batch before the statement is run.
    static NpgsqlBatchCommand Question(Lease lease, Table table, bool requiresCounts) => new(lease.Backend.Text(
        "SELECT pg_stat_get_xact_tuples_inserted(t) - pg_stat_get_xact_tuples_deleted(t), pg_stat_get_xact_tuples_updated(t) FROM CAST($1 AS regclass) AS t"
        + (requiresCounts ? " WHERE 1 / CASE current_setting('track_counts') WHEN 'on' THEN 1 ELSE 0 END = 1" : "")))
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = PostgresNames.Quote(table.Name, table.Schema) } },
    };

    static async Task<(long Inserted, long Updated)> AnswerAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
