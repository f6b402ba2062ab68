using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Rows with five others that belong to each, out of full tables into objects. Rates count the rows alone.</summary>
public sealed class RelatedWorkload : Workload
{
    readonly HashSet<string> _filled = [];

    public override string Name => "related";

    public override int DefaultRows => 100_000;

    public override int DefaultRuns => 3;

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options) =>
        from target in scene.Targets
        from technique in Techniques()
        select Of(scene, target, technique, options.Rows, options.State);

    static Technique[] Techniques() =>
    [
        new SluiceRelated("sluice-select-in", IncludeStrategy.SelectIn),
        new SluiceRelated("sluice-joined", IncludeStrategy.Joined),
        new SluiceRelated("sluice-subquery", IncludeStrategy.Subquery),
        new EntityFrameworkRelated(EntityFrameworkWay.Split),
        new EntityFrameworkRelated(EntityFrameworkWay.Single),
        new EntityFrameworkRelated(EntityFrameworkWay.OneByOne),
        new OneByOne(),
    ];

    public override IEnumerable<Goal> Goals(BenchOptions options)
    {
        var fewRows = Math.Min(options.Rows, EntityFrameworkRelated.MostOneByOne);
        foreach (var database in (string[])["postgres", "sqlite"])
        {
            yield return new Goal($"related/{database}/{options.State} select-in vs ef-split-query", 1.5, m => m.Speed(database, "sluice-select-in", "ef-split-query", options.Rows));
            yield return new Goal(
                $"related/{database}/{options.State} rate of select-in vs n-plus-one",
                100,
                m => m.Find(database, "sluice-select-in", options.Rows)?.RowsPerSecond / m.Find(database, "n-plus-one", fewRows)?.RowsPerSecond);
        }
    }

    /// <summary>Fills both tables once, with the rows of the largest case.</summary>
    public override async Task ResetAsync(Case @case, BenchOptions options)
    {
        if (!_filled.Add(@case.Target.Name))
            return;
        await @case.Target.ResetAsync();
        await using Engine engine = @case.Target is PostgresTarget postgres ? PostgresEngine.Create(postgres.ConnectionString) : SqliteEngine.Create(((SqliteTarget)@case.Target).File);
        await engine.CreateTableAsync(Purchase.Table);
        await engine.CreateTableAsync(PurchaseItem.Table);
        await engine.ExecuteAsync(Sql.Raw("CREATE INDEX purchase_items_of ON purchase_items(purchase_id)"));
        await engine.InsertAsync(Enumerable.Range(0, options.Rows).Select(Purchase.Of));
        await engine.InsertAsync(Enumerable.Range(0, options.Rows).SelectMany(p => Enumerable.Range(0, Purchase.ItemsOfEach).Select(i => PurchaseItem.Of(p, i))));
        if (@case.Target is PostgresTarget filled)
        {
            await using var connection = await filled.OpenAsync();
            await connection.RunAsync("VACUUM (ANALYZE, FREEZE) purchases");
            await connection.RunAsync("VACUUM (ANALYZE, FREEZE) purchase_items");
        }
    }

    // A technique checks what it read by itself.
    public override Task CheckAsync(Case @case) => Task.CompletedTask;
}
