using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.ComparisonBenchmarks.Workloads;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>The first line of results: versions, settings, machine and commit.</summary>
static class Environments
{
    static readonly (string Name, Type Type)[] s_packages =
    [
        ("Npgsql", typeof(Npgsql.NpgsqlConnection)),
        ("Microsoft.Data.Sqlite", typeof(Microsoft.Data.Sqlite.SqliteConnection)),
        ("Dapper", typeof(Dapper.SqlMapper)),
        ("linq2db", typeof(LinqToDB.DataOptions)),
        ("DuckDB.NET", typeof(DuckDB.NET.Data.DuckDBConnection)),
        ("EF Core", typeof(Microsoft.EntityFrameworkCore.DbContext)),
        ("Npgsql.EntityFrameworkCore.PostgreSQL", typeof(Npgsql.EntityFrameworkCore.PostgreSQL.NpgsqlRetryingExecutionStrategy)),
    ];

    internal static async Task<string> DescribeAsync(Scene scene, BenchOptions options)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["command"] = Command(options),
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["commit"] = Environment.GetEnvironmentVariable("BENCH_COMMIT") ?? "unknown",
            ["os"] = RuntimeInformation.OSDescription,
            ["cpu"] = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} x {Processor()}"),
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
        };
        foreach (var (name, type) in s_packages)
            found[name] = Version(type);
        foreach (var target in scene.Targets)
        {
            foreach (var (name, value) in await target.DescribeAsync())
                found[name] = value;
        }
        found["sqlite3 shell"] = (await Child.RunAsync(scene.Tools.Sqlite3, "--version")).Split(' ')[0];
        return JsonSerializer.Serialize(new { environment = found }, JsonLines.Options);
    }

    static string Command(BenchOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"./bench {options.Workload.Name} --rows {options.Rows} --runs {options.Runs}{Rest(options)}");

    static string Rest(BenchOptions options) =>
        (options.WarmUpRows == BenchOptions.DefaultWarmUpRows ? "" : string.Create(CultureInfo.InvariantCulture, $" --warm-up {options.WarmUpRows}"))
        + (options.IsCold ? " --cold" : "")
        + (options.Only.Count == 0 ? "" : $" --only {string.Join(',', options.Only)}");

    static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
