using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>
/// Upserts and inserts of 1 to 1,000 rows, one call after the other: what a service does all day. Of the upserts' rows half are there, of
/// the inserts' none.
/// </summary>
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
            foreach (var technique in (Technique[])[new UnnestInserts(callRows), new ValuesInserts(callRows), new ImporterInserts(callRows), new Linq2DbInserts(callRows), new SluiceInserts(callRows)])
                yield return Of(scene, scene.Postgres, technique, callRows * calls, options.State);
            // linq2db writes times into SQLite in a form of its own, so that its rows would not be the same.
            yield return Of(scene, scene.Sqlite, new SqliteCommandInserts(callRows), callRows * calls, options.State);
            yield return Of(scene, scene.Sqlite, new SluiceInserts(callRows), callRows * calls, options.State);
        }
    }

    public override IEnumerable<Goal> Goals(BenchOptions options) => Upserts().Concat(Inserts());

    static IEnumerable<Goal> Inserts() =>
        from database in (string[])["postgres", "sqlite"]
        from size in s_sizes
        let rivals = database is "sqlite" ? ["prepared"] : (string[])["unnest", "values", "importer", "linq2db"]
        select new Goal(
            $"small/{database} latency of inserting {size.CallRows:N0} rows vs the best, at most",
            1.1,
            m =>
                rivals.Max(rival => 1 / m.Speed(database, $"insert-sluice-{size.CallRows}", $"insert-{rival}-{size.CallRows}", size.CallRows * size.Calls)))
        {
            IsCeiling = true,
        };

    static IEnumerable<Goal> Upserts() =>
        from database in (string[])["postgres", "sqlite"]
        from size in s_sizes
        select new Goal(
            $"small/{database} latency of {size.CallRows:N0} rows vs prepared, at most",
            1.1,
            m => 1 / m.Speed(database, $"sluice-{size.CallRows}", $"prepared-{size.CallRows}", size.CallRows * size.Calls))
        {
            IsCeiling = true,
        };

    public override Task ResetAsync(Case @case, BenchOptions options) => @case.Technique is ISmallInserts
        ? @case.Target.ResetAsync()
        : HalfTable.FillAsync(@case.Target, @case.Rows.Count);
}
