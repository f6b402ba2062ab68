using System.Globalization;
using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Rows into a table that numbers them, with and without their numbers handed back.</summary>
public sealed class IdsWorkload : Workload
{
    const string Columns = "device_id bigint NOT NULL, ts {0} NOT NULL, value double precision NOT NULL, status int NOT NULL, label text NOT NULL, updated_at {0}";

    public override string Name => "ids";

    public override int DefaultRuns => 3;

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options)
    {
        yield return Of(scene, scene.Postgres, new UnnestReturning(), options.Rows, options.State);
        foreach (var target in scene.Targets)
        {
            yield return Of(scene, target, new SluiceNumbered("sluice-no-ids", returns: false), options.Rows, options.State);
            yield return Of(scene, target, new SluiceNumbered("sluice-ids", returns: true), options.Rows, options.State);
        }
    }

    public override IEnumerable<Goal> Goals(BenchOptions options)
    {
        foreach (var database in (string[])["postgres", "sqlite"])
            yield return new Goal($"ids/{database} vs without ids", 0.7, m => m.Speed(database, "sluice-ids", "sluice-no-ids", options.Rows));
    }

    public override async Task ResetAsync(Case @case, BenchOptions options)
    {
        await @case.Target.ResetAsync();
        await using var connection = await OpenAsync(@case.Target);
        await connection.RunAsync("DROP TABLE IF EXISTS numbered");
        await connection.RunAsync(@case.Target is PostgresTarget
            ? $"CREATE TABLE numbered(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {string.Format(CultureInfo.InvariantCulture, Columns, "timestamptz")})"
            : $"CREATE TABLE numbered(id INTEGER PRIMARY KEY, {string.Format(CultureInfo.InvariantCulture, Columns, "TEXT")})");
        if (@case.Target is PostgresTarget)
            await connection.RunAsync("CHECKPOINT");
    }

    /// <summary>Every row is there, and where numbers were handed back each is that of its row.</summary>
    public override async Task CheckAsync(Case @case)
    {
        await using var connection = await OpenAsync(@case.Target);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), CAST(sum(id * device_id) AS bigint) FROM numbered";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        if (reader.GetInt64(0) != @case.Rows.Count || (@case.Technique is SluiceNumbered { Sum: { } sum } && sum != reader.GetInt64(1)))
            throw new InvalidOperationException($"'{@case.Technique.Name}' left {reader.GetInt64(0)} rows, or handed back numbers that are not theirs.");
    }

    static async Task<System.Data.Common.DbConnection> OpenAsync(Target target) =>
        target is PostgresTarget postgres ? await postgres.OpenAsync() : await ((SqliteTarget)target).OpenAsync();
}
