using Sluice.Rows;

namespace Sluice.Sqlite.Tests;

/// <summary>What a process holds that loads again and again.</summary>
public sealed class HandleTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sluice-handles").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_hundred_loads_with_an_engine_of_their_own_hold_no_more_than_twenty()
    {
        for (var load = 0; load < 200; load++)
        {
            await using (var engine = SqliteEngine.Create(Path.Combine(_folder, $"{load}.db")))
                await LoadAsync(engine, load);
            if (load is 19 or 199)
                Assert.Empty(Held());
        }
    }

    [Fact]
    public async Task Two_hundred_loads_of_one_engine_hold_no_more_than_twenty()
    {
        await using var engine = SqliteEngine.Create(Path.Combine(_folder, "one.db"));
        IReadOnlyList<string> early = [];
        for (var load = 0; load < 200; load++)
        {
            await LoadAsync(engine, load);
            if (load == 19)
                early = Held();
        }
        Assert.Equal(early, Held());
        if (OperatingSystem.IsLinux())
            Assert.Equal(["one.db", "one.db-shm", "one.db-wal"], early);
    }

    // One that is kept, one that is refused, one that is cancelled, and a stream that is left.
    static async Task LoadAsync(Engine engine, int load)
    {
        var name = $"t{load % 10}";
        await engine.ExecuteAsync(Sql.Raw($"CREATE TABLE IF NOT EXISTS {name} (id integer PRIMARY KEY, v text NOT NULL)"), Stop);
        var table = await engine.ReadTableAsync(name, Stop);
        await engine.UpsertAsync(Rows(600, i => $"{i}"), table: table, cancellationToken: Stop);
        await Assert.ThrowsAnyAsync<BulkException>(() => engine.InsertAsync(Rows(600, i => i == 500 ? null : "x"), table, cancellationToken: Stop));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.UpsertAsync(Rows(600, i => Cancel(stop, i)), table: table, cancellationToken: stop.Token));
        await foreach (var _ in engine.StreamAsync<long>(Sql.Select(table.Column<long>("id")).From(table), cancellationToken: Stop))
            break;
        Assert.Equal(600, await engine.ScalarAsync<long>(Sql.Raw($"SELECT count(*) FROM {name}"), Stop));
    }

    static RowSource Rows(int count, Func<int, string?> value) =>
        RowSource.From(Enumerable.Range(0, count).Select(i => new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = i, ["v"] = value(i) }));

    static string Cancel(CancellationTokenSource stop, int row)
    {
        if (row == 300)
            stop.Cancel();
        return "x";
    }

    // Files of the folder that are open, also those that are deleted: the process's own table of them shows both.
    List<string> Held() => OperatingSystem.IsLinux()
        ? [.. Directory.GetFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget).OfType<string>().Where(f => f.StartsWith(_folder, StringComparison.Ordinal)).Select(f => f[(_folder.Length + 1)..]).Order(StringComparer.Ordinal)]
        : [];
}
