using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>What the bench script set up: databases, programs and a folder for files.</summary>
public sealed record Scene(PostgresTarget Postgres, SqliteTarget Sqlite, DuckDbTarget DuckDb, Tools Tools, CsvFile Csv, RowSets Rows)
{
    public IReadOnlyList<Target> Targets => [Postgres, Sqlite, DuckDb];

    public static Scene FromEnvironment()
    {
        var directory = Variable("BENCH_DIRECTORY");
        return new Scene(
            new PostgresTarget(Variable("BENCH_POSTGRES"), Variable("BENCH_SERVER_DIRECTORY")),
            new SqliteTarget(directory),
            new DuckDbTarget(directory),
            Tools.FromEnvironment(),
            new CsvFile(directory),
            new RowSets());
    }

    static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; run ./bench, which sets it.");
}
