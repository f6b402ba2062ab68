using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Files of rows in PostgreSQL's binary format, each made once, by the server itself.</summary>
static class CopyFile
{
    /// <summary>The path of the file for these rows, where server and clients can read it.</summary>
    internal static string PathOf(PostgresTarget target, RowSet rows) => target.ServerFile($"metrics-{rows.Count}.bin");

    /// <summary>Makes the file unless it is there. Uses the table.</summary>
    internal static async Task MakeAsync(PostgresTarget target, RowSet rows)
    {
        var file = PathOf(target, rows);
        if (File.Exists(file))
            return;
        await target.ResetAsync();
        await using var connection = await target.OpenAsync();
        await Importer.CopyAsync(connection, rows.Array);
        await connection.RunAsync($"COPY (SELECT * FROM metrics ORDER BY device_id, ts) TO '{file}' (FORMAT binary)");
    }
}
