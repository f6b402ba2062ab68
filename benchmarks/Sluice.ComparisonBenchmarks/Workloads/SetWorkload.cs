using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Rows of memory upserted into, or updated in, a table that holds every second of them with other values.</summary>
public sealed class SetWorkload(SetVerb verb) : Workload
{
    const string Postgres = "postgres";
    const string Sqlite = "sqlite";

    static readonly int[] s_chunks = [1_000, 5_000, 20_000];

    public override string Name => verb is SetVerb.Upsert ? "upsert" : "update";

    public override int DefaultRuns => 3;

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options)
    {
        foreach (var technique in PostgresTechniques())
            yield return Of(scene, scene.Postgres, technique, options.Rows, options.State);
        yield return Of(scene, scene.Sqlite, new SqliteCommandSet(verb), options.Rows, options.State);
        yield return Of(scene, scene.Sqlite, new SluiceSet("sluice", verb, BulkOptions.Default), options.Rows, options.State);
    }

    IEnumerable<Technique> PostgresTechniques() =>
    [
        new StagedLimit(verb),
        .. s_chunks.SelectMany(size => new Technique[]
        {
            new UnnestSet($"unnest-{size}", verb, size),
            new StagedSet($"staged-{size}", verb, size),
            new SluiceSet($"sluice-{size}", verb, new BulkOptions { ChunkSize = ChunkSize.Fixed(size), Commit = CommitPolicy.PerChunk }),
        }),
        new StagedSet("staged", verb),
        new SluiceSet("sluice", verb, BulkOptions.Default),
        new SluiceSet("sluice-2-connections", verb, new BulkOptions { ChunkSize = ChunkSize.Fixed(20_000), Commit = CommitPolicy.PerChunk, Parallelism = 2 }),
        new StagedSet("staged-shuffled", verb, isShuffled: true),
        new SluiceSet("sluice-shuffled", verb, BulkOptions.Default, isShuffled: true),
    ];

    public override IEnumerable<Goal> Goals(BenchOptions options)
    {
        var rows = options.Rows;
        foreach (var size in s_chunks)
            yield return new Goal($"{Name}/postgres chunk {size:N0} vs best by hand", 1.0, m => Best(m, rows, $"sluice-{size}", $"unnest-{size}", $"staged-{size}"));
        yield return new Goal($"{Name}/postgres all at once vs best by hand", 1.0, m => Best(m, rows, "sluice", "staged"));
        yield return new Goal($"{Name}/postgres client CPU vs staged, at most", 0.35, m => m.Cpu(Postgres, "sluice", "staged", rows)) { IsCeiling = true };
        yield return new Goal($"{Name}/postgres shuffled vs staged-shuffled", 1.3, m => m.Speed(Postgres, "sluice-shuffled", "staged-shuffled", rows));
        yield return new Goal($"{Name}/postgres two connections vs one", 1.4, m => m.Speed(Postgres, "sluice-2-connections", "sluice-20000", rows));
        yield return new Goal($"{Name}/sqlite vs sqlitecommand", 1.8, m => m.Speed(Sqlite, "sluice", "sqlitecommand", rows));
    }

    internal static double? Best(Medians medians, int rows, string technique, params string[] rivals)
    {
        var best = rivals.Max(r => medians.Find(Postgres, r, rows)?.RowsPerSecond);
        return medians.Find(Postgres, technique, rows)?.RowsPerSecond / best;
    }

    public override async Task ResetAsync(Case @case, BenchOptions options) => await HalfTable.FillAsync(@case.Target, @case.Rows.Count);

    public override async Task CheckAsync(Case @case)
    {
        var expected = verb is SetVerb.Upsert ? @case.Rows.Checksum : HalfTable.Sum(@case.Rows.Count);
        expected.Verify(await @case.Target.ReadChecksumAsync(), @case.Technique.Name);
    }
}
