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
    public async Task A_statement_that_the_pooler_s_next_connection_does_not_know_is_explained()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString);
        var unknown = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"EXECUTE by_another_name"), Token));
        Assert.Equal("SLU0314", unknown.Code);
        Assert.Contains("within one transaction", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_that_come_often_are_right_though_nobody_was_told_of_the_pooler()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { PoolSize = 6 });
        await ScalarsAsync(engine);
        Assert.Equal(0, await PreparedAsync());
    }

    [Fact]
    public async Task The_plan_says_that_a_pooler_was_noticed()
    {
        await using var pooled = PostgresEngine.Create(_bouncer!.ConnectionString);
        await using var direct = PostgresEngine.Create(database.ConnectionString);
        Assert.Contains("nothing is prepared",
            (await pooled.PlanInsertAsync(RowSource.From([new Reading(1, "")]), cancellationToken: Token)).ToString(), StringComparison.Ordinal);
        Assert.Empty((await direct.PlanInsertAsync(RowSource.From([new Reading(1, "")]), cancellationToken: Token)).Notes);
    }

    [Fact]
    public async Task A_caller_s_data_source_that_prepares_every_statement_is_refused()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_bouncer!.ConnectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;No Reset On Close=true");
        await using var engine = PostgresEngine.Create(source);
        Assert.Equal("SLU0320", (await Assert.ThrowsAsync<StatementException>(() => engine.ScalarAsync<int>(Text($"SELECT 1"), Token))).Code);
        Assert.Equal("SLU0320", (await Assert.ThrowsAsync<BulkException>(() => engine.InsertAsync([new Reading(1, "one")], cancellationToken: Token))).Code);
        Assert.Equal("SLU0320", (await Assert.ThrowsAsync<StatementException>(() => engine.BeginAsync(cancellationToken: Token))).Code);
        Assert.Equal("0", (await database.RunPsqlAsync("SELECT count(*) FROM reading")).Trim());
        Assert.Equal(0, await PreparedAsync());
    }

    [Fact]
    public async Task A_caller_s_data_source_that_prepares_by_itself_prepares_nothing_of_ours()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_bouncer!.ConnectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=2;No Reset On Close=true;Maximum Pool Size=6");
        await using var engine = PostgresEngine.Create(source);
        await ScalarsAsync(engine);
        for (var i = 0; i < 4; i++)
            await engine.UpsertAsync(Enumerable.Range(0, 20).Select(id => new Reading(id, "upserted")), cancellationToken: Token);
        await using (var connection = await source.OpenConnectionAsync(Token))
        {
            for (var i = 0; i < 4; i++)
                await PostgresEngine.Attach(connection).UpsertAsync(Enumerable.Range(20, 20).Select(id => new Reading(id, "upserted")), cancellationToken: Token);
            await using var transaction = await connection.BeginTransactionAsync(Token);
            var attached = PostgresEngine.Attach(connection, transaction);
            for (var i = 0; i < 4; i++)
            {
                await attached.UpsertAsync(Enumerable.Range(40, 20).Select(id => new Reading(id, "upserted")), cancellationToken: Token);
                await foreach (var _ in attached.StreamAsync<int>(Text($"SELECT id FROM reading"), cancellationToken: Token))
                {
                    // Cursors and savepoints are statements as well.
                }
            }
            await transaction.CommitAsync(Token);
        }
        Assert.Equal(60, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM reading WHERE name = 'upserted'"), Token));
        Assert.Equal(0, await PreparedAsync());
    }

    [Fact]
    public async Task Timeouts_hold_though_the_pooler_refuses_a_session_s()
    {
        await using var engine = PostgresEngine.Create(_bouncer!.ConnectionString, new() { StatementTimeout = TimeSpan.FromMilliseconds(200) });
        for (var i = 0; i < 4; i++)
        {
            var slow = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT pg_sleep(5)"), Token));
            Assert.Equal("57014", slow.SqlState);
        }
    }

    // One of the pooler's connections after the other.
    async Task<long> PreparedAsync()
    {
        var prepared = 0L;
        for (var i = 0; i < 6; i++)
        {
            await using var connection = new Npgsql.NpgsqlConnection(_bouncer!.ConnectionString + ";Pooling=false;No Reset On Close=true");
            await connection.OpenAsync(Token);
            await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements", connection);
            prepared += (long)(await command.ExecuteScalarAsync(Token))!;
        }
        return prepared;
    }

    static Task ScalarsAsync(Engine engine) => Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, token) =>
    {
        var statement = (i % 3) switch { 0 => Text($"SELECT {i}::int"), 1 => Text($"SELECT {i}::int + 1"), _ => Text($"SELECT {i}::int + 2") };
        Assert.Equal(i + (i % 3), await engine.ScalarAsync<int>(statement, token));
    });
}
