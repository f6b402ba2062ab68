using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Specification.Servers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

/// <summary>Several loads at once behind a pooler that hands each transaction one of a few connections, into tables that differ in nothing but their names.</summary>
public sealed class SharedServersTests(Postgres18 database) : IClassFixture<Postgres18>
{
    [Table("lake")]
    sealed record Lake([property: Key] int Id, string Home, int Version);

    [Table("moor")]
    sealed record Moor([property: Key] int Id, string Home, int Version);

    [Table("peak")]
    sealed record Peak([property: Key] int Id, string Home, int Version);

    [Table("wood")]
    sealed record Wood([property: Key] int Id, string Home, int Version);

    static readonly bool s_isSoak = Environment.GetEnvironmentVariable("SLUICE_SOAK") is "1";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(4, 1, false)]
    [InlineData(4, 2, false)]
    [InlineData(2, 2, true)]
    [InlineData(4, 2, true)]
    public async Task Every_row_is_in_its_own_table_and_every_count_is_true(int loads, int poolSize, bool isOneEngine)
    {
        database.Require();
        if (PgBouncer.Program is null)
            Assert.Skip("pgbouncer is not installed. Run ./test, which installs it, or: apt-get install pgbouncer");
        await using var bouncer = await PgBouncer.StartAsync(database.ConnectionString, poolSize);
        var engines = Enumerable.Range(0, loads).Select(_ => PostgresEngine.Create(bouncer.ConnectionString)).ToArray();
        try
        {
            for (var round = 0; round < (s_isSoak ? 50 : 2); round++)
            {
                await database.ExecuteAsync(string.Concat(Names(loads).Select(name =>
                    $"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} (id int PRIMARY KEY, home text NOT NULL, version int NOT NULL);")));
                var running = Enumerable.Range(0, loads).Select(i => RunAsync(engines[isOneEngine ? 0 : i], i)).ToArray();
                await Task.WhenAll(running);
                foreach (var name in Names(loads))
                    Assert.Equal($"{name}: 750 rows, 375000 in all, 0 of others", await LookAsync(name));
            }
        }
        finally
        {
            foreach (var engine in engines)
                await engine.DisposeAsync();
        }
    }

    static string[] Names(int loads) => [.. new[] { "lake", "moor", "peak", "wood" }.Take(loads)];

    async Task<string> LookAsync(string name) =>
        (await database.RunPsqlAsync($"SELECT '{name}: ' || count(*) || ' rows, ' || sum(version) || ' in all, ' || count(*) FILTER (WHERE home <> '{name}') || ' of others' FROM {name}")).Trim();

    static Task RunAsync(Engine engine, int load) => load switch
    {
        0 => RunAsync(engine, (id, version) => new Lake(id, "lake", version)),
        1 => RunAsync(engine, (id, version) => new Moor(id, "moor", version)),
        2 => RunAsync(engine, (id, version) => new Peak(id, "peak", version)),
        _ => RunAsync(engine, (id, version) => new Wood(id, "wood", version)),
    };

    // Begins with an empty table, and leaves 750 rows whose versions are 500.
    static async Task RunAsync<T>(Engine engine, Func<int, int, T> make)
        where T : class
    {
        T[] Rows(int first, int count, int version) => [.. Enumerable.Range(first, count).Select(id => make(id, version))];
        var table = Table.For<T>();
        var (id, version) = (table.Column<int>("id"), table.Column<int>("version"));
        var chunks = new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(250) };

        Assert.Equal(500, (await engine.InsertAsync(Rows(0, 500, 1), options: chunks, cancellationToken: Stop)).Inserted);
        for (var i = 2; i < 22; i++)
            Assert.Equal((0, 10), CountsOf(await engine.UpsertAsync(Rows(i * 10, 10, i), cancellationToken: Stop)));
        Assert.Equal((500, 500), CountsOf(await engine.UpsertAsync(Rows(0, 1_000, 30), options: chunks, cancellationToken: Stop)));
        Assert.Equal((0, 1_000), CountsOf(await engine.UpsertAsync(Rows(0, 1_000, 31), options: chunks with { Target = new() { Path = RowPath.Staging } }, cancellationToken: Stop)));
        Assert.Equal(1_000, (await engine.UpdateAsync(Rows(0, 1_000, 32), options: chunks, cancellationToken: Stop)).Updated);
        for (var i = 0; i < 10; i++)
            Assert.Equal(10, (await engine.UpdateAsync(Rows(i, 10, 33), cancellationToken: Stop)).Updated);
        Assert.Equal(1_000, (await engine.ExecuteManyAsync(Update(table).Set(version, Row(version) + 1).Where(id == Row(id)), Rows(0, 1_000, 33), chunks, Stop)).Updated);
        for (var i = 0; i < 10; i++)
            Assert.Equal(100, await engine.ExecuteAsync(Update(table).Set(version, version + 1).Where(id >= i * 100 & id < (i + 1) * 100), Stop));
        Assert.Equal(1_000, await engine.ScalarAsync<long>(Select(Count()).From(table).Where(version == 35), Stop));
        Assert.Equal(100, await PairedAsync(engine.UpsertReturningAsync(Rows(950, 100, 40), version, cancellationToken: Stop)));
        Assert.Equal(100, await PairedAsync(engine.UpdateReturningAsync(Rows(950, 100, 41), version, cancellationToken: Stop)));
        Assert.Equal(50, await PairedAsync(engine.DeleteReturningAsync(Rows(1_000, 50, 42), version, cancellationToken: Stop)));
        Assert.Equal(250, (await engine.SyncAsync(Rows(0, 750, 43), id >= 0, cancellationToken: Stop)).Removed);
        Assert.Equal(100, (await engine.DeleteAsync(Rows(0, 100, 0), cancellationToken: Stop)).Deleted);
        Assert.Equal(100, await PairedAsync(engine.InsertReturningAsync(Rows(0, 100, 44), version, cancellationToken: Stop)));
        await using (var transaction = await engine.BeginAsync(cancellationToken: Stop))
        {
            for (var i = 0; i < 5; i++)
                await transaction.UpsertAsync(Rows(i * 10, 10, 45), cancellationToken: Stop);
            Assert.Equal(50, (await transaction.QueryAsync<T>(Select(table).From(table).Where(version == 45), Stop)).Count);
            await transaction.CommitAsync(Stop);
        }
        var read = 0;
        await foreach (var _ in engine.StreamAsync<T>(Select(table).From(table).OrderBy(id), cancellationToken: Stop))
            read++;
        Assert.Equal(750, read);
        Assert.Equal(750, await engine.ExecuteAsync(Update(table).Set(version, 500).Where(id >= 0), Stop));
    }

    static (long Inserted, long Updated) CountsOf(BulkResult result) => (result.Inserted, result.Updated);

    static async Task<int> PairedAsync<T>(ReturnedRows<T, int> returned)
    {
        var rows = 0;
        await foreach (var _ in returned)
            rows++;
        return rows;
    }
}
