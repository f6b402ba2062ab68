using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>Rows out of a full table, each looked at by a consumer that keeps up.</summary>
public sealed class StreamWorkload : Workload
{
    const string Postgres = "postgres";
    const string Sqlite = "sqlite";
    const int FewRows = 100_000;

    readonly HashSet<string> _filled = [];

    public override string Name => "stream";

    public override IEnumerable<Case> Cases(Scene scene, BenchOptions options)
    {
        // In new processes: does memory grow with the rows?
        var counts = options is { IsCold: true, Rows: > FewRows } ? [FewRows, options.Rows] : (int[])[options.Rows];
        foreach (var rows in counts)
        {
            foreach (var technique in PostgresTechniques())
                yield return Of(scene, scene.Postgres, technique, rows, options.State);
            foreach (var technique in SqliteTechniques())
                yield return Of(scene, scene.Sqlite, technique, rows, options.State);
        }
    }

    static IEnumerable<Technique> PostgresTechniques() =>
    [
        new ReaderLoop("npgsql-reader", async target => await ((PostgresTarget)target).OpenAsync()),
        new Linq2DbReader(),
        new SluiceStream("sluice-direct", new StreamOptions { Mode = StreamMode.Direct }),
        new SluiceStream("sluice-cursor", new StreamOptions { Mode = StreamMode.Cursor }),
        new SluiceStream("sluice-cursor-5000", new StreamOptions { Mode = StreamMode.Cursor, YieldPer = 5_000 }),
        new SluiceStream("sluice-pages-5000", new StreamOptions { YieldPer = 5_000 }) { ByKey = true },
    ];

    static IEnumerable<Technique> SqliteTechniques() =>
    [
        new ReaderLoop("sqlite-reader", async target => await ((SqliteTarget)target).OpenAsync()),
        new SluiceStream("sluice", new StreamOptions()),
        new SluiceStream("sluice-pages-5000", new StreamOptions { YieldPer = 5_000 }) { ByKey = true },
    ];

    public override IEnumerable<Goal> Goals(BenchOptions options)
    {
        var (rows, state) = (options.Rows, options.State);
        yield return new Goal($"stream/postgres/{state} direct vs npgsql-reader", 1.0, m => m.Speed(Postgres, "sluice-direct", "npgsql-reader", rows));
        yield return new Goal($"stream/postgres/{state} cursor vs npgsql-reader", 0.9, m => m.Speed(Postgres, "sluice-cursor", "npgsql-reader", rows));
        yield return new Goal($"stream/sqlite/{state} vs sqlite-reader", 2.5, m => m.Speed(Sqlite, "sluice", "sqlite-reader", rows));
        yield return Growth(Postgres, "sluice-direct", rows);
        yield return Growth(Postgres, "sluice-cursor", rows);
        yield return Growth(Sqlite, "sluice", rows);
    }

    static Goal Growth(string database, string technique, int rows) =>
        new($"stream/{database} growth of peak RSS of {technique} in MB, at most", 15, m => rows > FewRows ? m.Find(database, technique, rows)?.PeakRssMb - m.Find(database, technique, FewRows)?.PeakRssMb : null)
        {
            IsCeiling = true,
        };

    /// <summary>Fills the table once, with the rows of the largest case.</summary>
    public override async Task ResetAsync(Case @case, BenchOptions options)
    {
        if (!_filled.Add(@case.Target.Name))
            return;
        await @case.Target.ResetAsync();
        await using Engine engine = @case.Target is PostgresTarget postgres ? PostgresEngine.Create(postgres.ConnectionString) : SqliteEngine.Create(((SqliteTarget)@case.Target).File);
        var rows = new Rows.RowSet(options.Rows);
        await engine.InsertAsync(rows.Stream());
        rows.Checksum.Verify(await @case.Target.ReadChecksumAsync(), "filling");
        if (@case.Target is PostgresTarget filled)
        {
            await using var connection = await filled.OpenAsync();
            await connection.RunAsync("VACUUM (ANALYZE, FREEZE) metrics");
        }
    }

    // A technique checks what it read by itself.
    public override Task CheckAsync(Case @case) => Task.CompletedTask;
}
