using Sluice.Planning;

namespace Sluice.PostgreSql.Planning;

/// <summary>How many rows one statement takes.</summary>
static class SetSizes
{
    // Up to here arrays are faster than a temporary table.
    const int MostInserted = 3_000;

    // Chunks that are joined with the table: for a temporary table of a few thousand rows the server's planner may read the whole table,
    // each time.
    const int MostJoined = 25_000;

    /// <summary>How many rows a statement takes as arrays rather than from a temporary table.</summary>
    internal static int MostInArrays(WriteRequest write, CommitPolicy commit) =>
        !write.Statement.Inserts && commit != CommitPolicy.Atomic ? MostJoined : MostInserted;

    /// <summary>Rows that are staged before the statement runs over them.</summary>
    internal static int MostStaged(WriteRequest write) => write.Statement.Inserts ? 250_000 : 1_000_000;
}
