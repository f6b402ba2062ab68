namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Programs that the bench script found or built.</summary>
/// <param name="Measure">Built from native/measure.c.</param>
/// <param name="NativeInsert">Built from native/insert.c against the SQLite of the .NET techniques.</param>
/// <param name="Psql">psql itself, without a distribution's wrapper.</param>
/// <param name="Sqlite3">The SQLite shell.</param>
/// <param name="Sluice">The published command-line tool.</param>
public sealed record Tools(string Measure, string NativeInsert, string Psql, string Sqlite3, string Sluice)
{
    public static Tools FromEnvironment() => new(
        Variable("BENCH_MEASURE"), Variable("BENCH_NATIVE_INSERT"), Variable("BENCH_PSQL"), Variable("BENCH_SQLITE3"), Variable("BENCH_SLUICE"));

    static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; run ./bench, which sets it.");
}
