using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;

namespace Sluice.PostgreSql.Writing;

/// <summary>How many rows a transaction has stored in a table, by what the server counts.</summary>
static class StoredRows
{
    const string Question = "SELECT COALESCE(sum(pg_stat_get_xact_tuples_inserted(relid)), 0)::bigint FROM "
        + "(SELECT $1::regclass::oid UNION SELECT relid FROM pg_partition_tree($1::regclass)) t(relid) HAVING current_setting('track_counts') = 'on'";

    /// <exception cref="BulkPlanException">The server does not count them.</exception>
    internal static async Task<long> CountAsync(ServerSession session, Table table, CancellationToken cancellationToken) =>
        await session.ScalarAsync(Question, PostgresNames.Quote(table.Name, table.Schema),
            cancellationToken).ConfigureAwait(false) is long rows
            ? rows
            : throw WayProblems.NotCounted(table);
}
