using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>A table with every second row of a set, each with values of long ago.</summary>
static class HalfTable
{
    internal static async Task FillAsync(Target target, int rows)
    {
        await target.ResetAsync();
        await using Engine engine = target is PostgresTarget postgres ? PostgresEngine.Create(postgres.ConnectionString) : SqliteEngine.Create(((SqliteTarget)target).File);
        await engine.InsertAsync(Old(rows));
        if (target is not PostgresTarget filled)
            return;
        await using var connection = await filled.OpenAsync();
        await connection.RunAsync("VACUUM ANALYZE metrics");
        await connection.RunAsync("CHECKPOINT");
    }

    static IEnumerable<Metric> Old(int rows)
    {
        for (var i = 0; i < rows; i += 2)
            yield return Metric.At(i) with { Value = -1, Status = 99, Label = "sensor-00000", UpdatedAt = null };
    }

    /// <summary>The checksum of the rows that are there, once each has its new values.</summary>
    internal static Checksum Sum(int rows)
    {
        var (count, sum) = (0L, 0L);
        for (var i = 0; i < rows; i += 2)
            (count, sum) = (count + 1, sum + Metric.At(i).Fingerprint());
        return new Checksum(count, sum);
    }
}
