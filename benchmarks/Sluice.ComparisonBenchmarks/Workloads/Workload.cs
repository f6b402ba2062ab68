using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>What is compared: the cases, how a run is checked, and the goals. A new workload is a class of this and a line in <see cref="All"/>.</summary>
public abstract class Workload
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new InsertWorkload(), new LoadWorkload(), new MemoryWorkload(),
        new SetWorkload(SetVerb.Upsert), new SetWorkload(SetVerb.Update), new IdsWorkload(), new SmallWorkload(), new StreamWorkload(), new RelatedWorkload(),
    ];

    public abstract string Name { get; }

    public virtual int DefaultRows => 1_000_000;

    public virtual int DefaultRuns => 5;

    public abstract IEnumerable<Case> Cases(Scene scene, BenchOptions options);

    public abstract IEnumerable<Goal> Goals(BenchOptions options);

    /// <summary>Brings the table into the state that a run begins with.</summary>
    public virtual Task ResetAsync(Case @case, BenchOptions options) => @case.Target.ResetAsync();

    /// <summary>Fails the bench if the table is not as the case's rows would have it.</summary>
    public virtual async Task CheckAsync(Case @case) =>
        @case.Rows.Checksum.Verify(await @case.Target.ReadChecksumAsync(), @case.Technique.Name);

    /// <summary>A case with as many rows as asked for, but no more than the technique is worth.</summary>
    protected Case Of(Scene scene, Target target, Technique technique, int rows, string state) =>
        new(Name, target, technique, scene.Rows.Get(Math.Min(rows, technique.MostRows), technique.IsShuffled), state);
}
