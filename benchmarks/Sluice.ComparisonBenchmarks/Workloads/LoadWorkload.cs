using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>A CSV file into an empty table by a command-line program, whole process.</summary>
public sealed class LoadWorkload : Workload
{
    public override string Name => "load";

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options) =>
    [
        Of(scene, scene.Postgres, new PsqlCsv(scene.Tools, scene.Csv), options.Rows, Case.Cold),
        Of(scene, scene.Postgres, new SluiceLoad(scene.Tools, scene.Csv), options.Rows, Case.Cold),
        Of(scene, scene.Sqlite, new SqliteImport(scene.Tools, scene.Csv), options.Rows, Case.Cold),
        Of(scene, scene.Sqlite, new SluiceLoad(scene.Tools, scene.Csv), options.Rows, Case.Cold),
        Of(scene, scene.DuckDb, new DuckDbCsv(scene.Csv), options.Rows, Case.Cold),
    ];

    public override IEnumerable<Goal> Goals(BenchOptions options) =>
    [
        new Goal("load/postgres vs psql-csv", 1.3, m => m.Speed("postgres", "sluice", "psql-csv", options.Rows)),
        new Goal("load/sqlite vs sqlite3-import", 1.2, m => m.Speed("sqlite", "sluice", "sqlite3-import", options.Rows)),
    ];
}
