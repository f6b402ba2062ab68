using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Few and many streamed rows, each run in a new process: does memory grow with the rows?</summary>
public sealed class MemoryWorkload : Workload
{
    const int FewRows = 100_000;

    public override string Name => "memory";

    public override int DefaultRows => 10_000_000;

    public override int DefaultRuns => 1;

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options) =>
        from target in scene.Targets
        from rows in Few(options) == options.Rows ? [options.Rows] : (int[])[Few(options), options.Rows]
        select Of(scene, target, new SluiceInsert { TakesStream = true }, rows, Case.Cold);

    public override IEnumerable<Goal> Goals(BenchOptions options) =>
        from database in (string[])["postgres", "sqlite"]
        select new Goal($"memory/{database} growth of peak RSS in MB, at most", 15, m => Growth(m, database, options)) { IsCeiling = true };

    static double? Growth(Medians medians, string database, BenchOptions options) =>
        medians.Find(database, "sluice", options.Rows)?.PeakRssMb - medians.Find(database, "sluice", Few(options))?.PeakRssMb;

    static int Few(BenchOptions options) => Math.Min(FewRows, options.Rows);
}
