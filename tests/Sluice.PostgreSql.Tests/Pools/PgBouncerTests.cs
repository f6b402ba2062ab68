using Sluice.Specification.Servers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

/// <summary>Behind a pooler that gives every transaction another connection.</summary>
public sealed class PgBouncerTests(Postgres18 database) : IClassFixture<Postgres18>, IAsyncLifetime
{
    PgBouncer? _bouncer;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    sealed record Reading(int Id, string Name);

    public async ValueTask InitializeAsync()
    {
        database.Require();
        if (PgBouncer.Program is null)
            Assert.Skip("pgbouncer is not installed. Run ./test, which installs it, or: apt-get install pgbouncer");
        _bouncer = await PgBouncer.StartAsync(database.ConnectionString);
        await database.ExecuteAsync("DROP TABLE IF EXISTS reading; CREATE TABLE reading (id int PRIMARY KEY, name text)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_bouncer is not null)
            await _bouncer.DisposeAsync();
    }

    [Fact]
    public async Task Statements_loads_and_transactions_work_on_changing_connections()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PoolSize = 6, PreparedStatements = 0, StatementTimeout = TimeSpan.FromSeconds(30) });
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, token) =>
        {
            await engine.InsertAsync(Enumerable.Range(i * 100, 50).Select(id => new Reading(id, "copied")), cancellationToken: token);
            for (var n = 0; n < 5; n++)
                await engine.ExecuteAsync(Text($"INSERT INTO reading VALUES ({(i * 100) + 50 + n}, {"single"})"), token);
            await using var transaction = await engine.BeginAsync(cancellationToken: token);
            await transaction.ExecuteAsync(Text($"INSERT INTO reading VALUES ({(i * 100) + 60}, {"transaction"})"), token);
            await transaction.CommitAsync(token);
        });
        Assert.Equal("copied|1200\nsingle|120\ntransaction|24", (await database.RunPsqlAsync("SELECT name, count(*) FROM reading GROUP BY 1 ORDER BY 1")).Trim());
    }

    [Fact]
    public async Task Rows_are_changed_through_arrays_and_staging()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PoolSize = 6, PreparedStatements = 0 });
        foreach (var count in new[] { 100, 6_000 })
        {
            for (var i = 0; i < 4; i++)
                await engine.UpsertAsync(Enumerable.Range(0, count).Select(id => new Reading(id, "upserted")), cancellationToken: Token);
        }
        Assert.Equal(6_000, (await engine.UpdateAsync(Enumerable.Range(0, 6_000).Select(id => new Reading(id, "updated")), cancellationToken: Token)).Updated);
        Assert.Equal(5_000, (await engine.DeleteAsync(Enumerable.Range(0, 5_000).Select(id => new Reading(id, "")), cancellationToken: Token)).Deleted);
        Assert.Equal("updated|1000", (await database.RunPsqlAsync("SELECT name, count(*) FROM reading GROUP BY 1 ORDER BY 1")).Trim());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(4_000)]
    public async Task Every_verb_works(int count)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices; CREATE TABLE devices (site bigint, name text, version int NOT NULL, value double precision, note text, PRIMARY KEY (site, name))");
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PoolSize = 6, PreparedStatements = 0 });
        for (var round = 0; round < 3; round++)
            await new EveryVerb(database, engine, count, new() { ChunkSize = ChunkSize.Fixed(1_500) }).RunAsync();
    }

    [Fact]
    public async Task Timeouts_hold_though_no_session_keeps_them()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PreparedStatements = 0, StatementTimeout = TimeSpan.FromMilliseconds(200) });
        for (var i = 0; i < 4; i++)
        {
            var slow = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT pg_sleep(5)"), Token));
            Assert.Equal("57014", slow.SqlState);
        }
        await using var transaction = await engine.BeginAsync(cancellationToken: Token);
        await Assert.ThrowsAsync<StatementException>(() => transaction.ExecuteAsync(Text($"SELECT pg_sleep(5)"), Token));
    }

    [Fact]
    public async Task Kept_statements_are_named_as_the_cause()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PoolSize = 6 });
        var failures = new List<StatementException>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, token) =>
        {
            try
            {
                await engine.ScalarAsync<int>((i % 3) switch { 0 => Text($"SELECT {i}::int"), 1 => Text($"SELECT {i}::int + 1"), _ => Text($"SELECT {i}::int + 2") }, token);
            }
            catch (StatementException failure)
            {
                lock (failures)
                    failures.Add(failure);
            }
        });
        Assert.Contains(failures, f => f.Code == "SLU0314" && f.Message.Contains("set PreparedStatements to 0", StringComparison.Ordinal));
    }
}
