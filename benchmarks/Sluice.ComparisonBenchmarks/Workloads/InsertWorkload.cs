using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Rows of memory into an empty table with its primary key, in one transaction.</summary>
public sealed class InsertWorkload : Workload
{
    const string Postgres = "postgres";
    const string Sqlite = "sqlite";
    const int FewRows = 10_000;

    public override string Name => "insert";

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options)
    {
        foreach (var technique in PostgresTechniques(scene.Tools))
            yield return Of(scene, scene.Postgres, technique, options.Rows, options.State);
        if (options is { IsCold: true, Rows: > FewRows })
        {
            // A small load in a new process: what a command-line user waits for.
            yield return Of(scene, scene.Postgres, new Importer("importer-async", isShuffled: false), FewRows, options.State);
            yield return Of(scene, scene.Postgres, new SluiceInsert(), FewRows, options.State);
        }
        foreach (var technique in SqliteTechniques(scene.Tools))
            yield return Of(scene, scene.Sqlite, technique, options.Rows, options.State);
        yield return Of(scene, scene.DuckDb, new DuckDbAppend(), options.Rows, options.State);
    }

    static IEnumerable<Technique> PostgresTechniques(Tools tools) =>
    [
        new ServerCopy(),
        new PsqlBinary(tools),
        new Importer("importer-async", isShuffled: false),
        new ImporterSync(),
        new Batch(),
        new MultiRowValues(),
        new Unnest(),
        new Linq2DbBulkCopy(),
        new EntityFramework(),
        new SluiceInsert(),
        new SluiceInsert("sluice-commit-5000") { Options = new BulkOptions { ChunkSize = ChunkSize.Fixed(5_000), Commit = CommitPolicy.PerChunk } },
        new Importer("importer-shuffled", isShuffled: true),
        new SluiceInsert("sluice-shuffled") { TakesShuffledRows = true, Options = new BulkOptions { Order = RowOrder.ByKey } },
    ];

    // linq2db writes times into SQLite in a form of its own, so that its rows would not be the same.
    static IEnumerable<Technique> SqliteTechniques(Tools tools) =>
    [
        new NativeSqlite(tools, rowsPerStatement: 1),
        new NativeSqlite(tools, rowsPerStatement: 10),
        new SqliteCommandLoop(),
        new DapperExecute(),
        new EntityFramework(),
        new SluiceInsert(),
    ];

    public override IEnumerable<Goal> Goals(BenchOptions options)
    {
        var (rows, state) = (options.Rows, options.State);
        if (options.IsCold)
        {
            yield return new Goal("insert/postgres/cold vs importer-async", 1.5, m => m.Speed(Postgres, "sluice", "importer-async", rows));
            if (rows > FewRows)
            {
                yield return new Goal("insert/postgres/cold vs limit", 0.9, m => m.Speed(Postgres, "sluice", "limit", rows));
                yield return new Goal(
                    "insert/postgres/cold 10,000 rows vs importer-async", 1.5, m => m.Speed(Postgres, "sluice", "importer-async", FewRows));
            }
        }
        else
        {
            yield return new Goal("insert/postgres/warm vs limit", 0.97, m => m.Speed(Postgres, "sluice", "limit", rows));
            yield return new Goal("insert/postgres/warm client CPU vs importer-async, at most", 0.4, m => m.Cpu(Postgres, "sluice", "importer-async", rows))
            {
                IsCeiling = true,
            };
            yield return Allocation(Postgres, rows);
            yield return Allocation(Sqlite, rows);
        }
        yield return new Goal(
            $"insert/postgres/{state} shuffled vs importer-shuffled", 1.6, m => m.Speed(Postgres, "sluice-shuffled", "importer-shuffled", rows));
        yield return new Goal($"insert/sqlite/{state} vs c-1-row", 1.0, m => m.Speed(Sqlite, "sluice", "c-1-row", rows));
        yield return new Goal($"insert/sqlite/{state} vs sqlitecommand", 2.4, m => m.Speed(Sqlite, "sluice", "sqlitecommand", rows));
    }

    static Goal Allocation(string database, int rows) =>
        new($"insert/{database}/warm bytes allocated a row, at most", 1, m => m.AllocatedBytesPerRow(database, "sluice", rows)) { IsCeiling = true };

    public override async Task CheckAsync(Case @case)
    {
        await base.CheckAsync(@case);
        if (@case.Target is SqliteTarget sqlite && await sqlite.CountForeignValuesAsync() is > 0 and var count)
            throw new InvalidOperationException($"'{@case.Technique.Name}' stored {count} rows otherwise than Microsoft.Data.Sqlite does.");
    }
}
