using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Upserts of 1 to 1,000 rows, one call after the other: what a service does all day. Half of the rows are there.</summary>
public sealed class SmallWorkload : Workload
{
    static readonly (int CallRows, int Calls)[] s_sizes = [(1, 4_000), (10, 3_000), (100, 1_000), (1_000, 200)];

    public override string Name => "small";

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options)
    {
        foreach (var (callRows, calls) in s_sizes)
        {
            yield return Of(scene, scene.Postgres, new UnnestCalls(callRows), callRows * calls, options.State);
            yield return Of(scene, scene.Postgres, new SluiceCalls(callRows), callRows * calls, options.State);
            yield return Of(scene, scene.Sqlite, new SqliteCommandCalls(callRows), callRows * calls, options.State);
            yield return Of(scene, scene.Sqlite, new SluiceCalls(callRows), callRows * calls, options.State);
        }
    }

    public override IEnumerable<Goal> Goals(BenchOptions options) =>
        from database in (string[])["postgres", "sqlite"]
        from size in s_sizes
        select new Goal(
            $"small/{database} latency of {size.CallRows:N0} rows vs prepared, at most",
            1.1,
            m => 1 / m.Speed(database, $"sluice-{size.CallRows}", $"prepared-{size.CallRows}", size.CallRows * size.Calls))
        {
            IsCeiling = true,
        };

    public override Task ResetAsync(Case @case, BenchOptions options) => HalfTable.FillAsync(@case.Target, @case.Rows.Count);
}
