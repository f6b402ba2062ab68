using Npgsql;
using Sluice.Specification.Servers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

public sealed class ConnectionPoolTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    PostgresEngine NewEngine(string name, PostgresEngineOptions options)
    {
        database.Require();
        return PostgresEngine.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = name }.ConnectionString, options);
    }

    Task<long> OpenAsync(string name) => database.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'");

    async Task<long> SettledAsync(string name, long wanted)
    {
        // A closed connection's server process ends a moment later.
        for (var i = 0; i < 100 && await OpenAsync(name) != wanted; i++)
            await Task.Delay(50, Token);
        return await OpenAsync(name);
    }

    [Fact]
    public async Task Overflow_connections_are_bounded_and_closed_when_they_are_given_back()
    {
        await using var engine = NewEngine("overflow", new() { PoolSize = 2, MaxOverflow = 2, PoolTimeout = TimeSpan.FromSeconds(20) });
        var held = new List<Transaction>();
        for (var i = 0; i < 4; i++)
            held.Add(await engine.BeginAsync(cancellationToken: Token));
        Assert.Equal(4, await SettledAsync("overflow", 4));

        var fifth = engine.BeginAsync(cancellationToken: Token);
        await Task.Delay(200, Token);
        Assert.False(fifth.IsCompleted);
        await held[3].DisposeAsync();
        await (await fifth).DisposeAsync();

        foreach (var transaction in held)
            await transaction.DisposeAsync();
        Assert.Equal(2, await SettledAsync("overflow", 2));
    }

    [Fact]
    public async Task What_a_caller_s_words_change_of_a_session_is_gone_with_the_next_loan()
    {
        await using var engine = NewEngine("reset", new() { PoolSize = 1, MaxOverflow = 0 });
        await engine.ExecuteAsync(Text($"SET search_path TO pg_catalog"), Token);
        Assert.Equal("\"$user\", public", await engine.ScalarAsync<string>(Text($"SHOW search_path"), Token));

        await engine.ScalarAsync<string>(Select(Function<string>("set_config", Literal("work_mem"), Literal("77MB"), Literal(false))), Token);
        Assert.NotEqual("77MB", await engine.ScalarAsync<string>(Text($"SHOW work_mem"), Token));

        await using (var transaction = await engine.BeginAsync(cancellationToken: Token))
        {
            await transaction.ScalarAsync<bool>(Text($"SELECT pg_try_advisory_lock(77)"), Token);
            await transaction.ExecuteAsync(Text($"CREATE TEMP TABLE left_over (n int)"), Token);
            await transaction.CommitAsync(Token);
        }
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 77"));
        Assert.False(await engine.ScalarAsync<bool>(Text($"SELECT to_regclass('pg_temp.left_over') IS NOT NULL"), Token));

        await foreach (var _ in engine.StreamAsync<string>(Text($"SELECT set_config('work_mem', '78MB', false)"), cancellationToken: Token))
        {
            // Left early, or read to its end: the setting goes either way.
        }
        Assert.NotEqual("78MB", await engine.ScalarAsync<string>(Text($"SHOW work_mem"), Token));
    }

    [Fact]
    public async Task Exhaustion_names_the_size_the_use_and_the_oldest_holder()
    {
        await using var engine = NewEngine("exhausted", new() { PoolSize = 1, MaxOverflow = 1, PoolTimeout = TimeSpan.FromMilliseconds(200) });
        await using var first = await engine.BeginAsync(cancellationToken: Token);
        await using var second = await engine.BeginAsync(cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<BulkException>(() => engine.ScalarAsync<int>(Text($"SELECT 1"), Token));
        Assert.Equal("SLU0313", refused.Code);
        Assert.Contains("All 2 connections", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2 lent, of a pool of 1 and an overflow of 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The oldest is held by a transaction since", refused.Message, StringComparison.Ordinal);
        await second.DisposeAsync();
        Assert.Equal(1, await engine.ScalarAsync<int>(Text($"SELECT 1"), Token));
    }

    [Fact]
    public async Task A_restart_of_the_server_is_not_noticed_by_the_next_statement()
    {
        database.Require();
        await using var server = await PostgresServer.StartAsync(18);
        await using var engine = PostgresEngine.Create(server.ConnectionString);
        await using var untested = PostgresEngine.Create(server.ConnectionString, new() { PrePing = false });
        foreach (var each in new[] { engine, untested })
        {
            await using var one = await each.BeginAsync(cancellationToken: Token);
            await using var two = await each.BeginAsync(cancellationToken: Token);
            await one.ExecuteAsync(Text($"SELECT 1"), Token);
            await two.ExecuteAsync(Text($"SELECT 1"), Token);
        }
        await server.RestartAsync();
        await Task.Delay(1_100, Token);
        Assert.Equal(7, await engine.ScalarAsync<int>(Text($"SELECT 7"), Token));
        await using (var one = await engine.BeginAsync(cancellationToken: Token))
        await using (var two = await engine.BeginAsync(cancellationToken: Token))
        {
            Assert.Equal(8, await one.ScalarAsync<int>(Text($"SELECT 8"), Token));
            Assert.Equal(9, await two.ScalarAsync<int>(Text($"SELECT 9"), Token));
        }
        // That the test matters is shown by an engine without it, whose statement finds the dead connection.
        await Assert.ThrowsAsync<StatementException>(() => untested.ScalarAsync<int>(Text($"SELECT 7"), Token));
    }

    [Fact]
    public async Task A_killed_connection_fails_its_own_transaction_and_nothing_else()
    {
        await using var engine = NewEngine("killed", new() { PoolSize = 2, MaxOverflow = 0 });
        await database.ExecuteAsync("CREATE TABLE killed (id int)");
        await using (var transaction = await engine.BeginAsync(cancellationToken: Token))
        {
            await transaction.ExecuteAsync(Text($"INSERT INTO killed VALUES (1)"), Token);
            var pid = await transaction.ScalarAsync<int>(Text($"SELECT pg_backend_pid()"), Token);
            await database.ExecuteAsync($"SELECT pg_terminate_backend({pid}, 5000)");
            var lost = await Assert.ThrowsAsync<StatementException>(() => transaction.ExecuteAsync(Text($"INSERT INTO killed VALUES (2)"), Token));
            Assert.Equal("SLU0303", lost.Code);
            Assert.True(lost.IsTransient);
        }
        for (var i = 0; i < 4; i++)
            await engine.ExecuteAsync(Text($"INSERT INTO killed VALUES (3)"), Token);
        Assert.Equal("3|4", (await database.RunPsqlAsync("SELECT id, count(*) FROM killed GROUP BY 1")).Trim());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Timeouts_fire_as_typed_errors_with_and_without_session_settings(int preparedStatements)
    {
        await using var engine = NewEngine("timeouts", new()
        {
            PoolSize = 3,
            PreparedStatements = preparedStatements,
            StatementTimeout = TimeSpan.FromMilliseconds(400),
            LockTimeout = TimeSpan.FromMilliseconds(150),
            IdleInTransactionTimeout = TimeSpan.FromMilliseconds(300),
        });
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS locked (id int); TRUNCATE locked; INSERT INTO locked VALUES (1)");
        // Twice, for a connection that is lent again has been cleaned in between.
        for (var i = 0; i < 2; i++)
        {
            var slow = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT pg_sleep(5)"), Token));
            Assert.Equal(("57014", "SLU0312"), (slow.SqlState, slow.Code));

            await using var blocker = await database.Raw.OpenConnectionAsync(Token);
            await using var blocking = await blocker.BeginTransactionAsync(Token);
            await using (var command = new NpgsqlCommand("LOCK TABLE locked", blocker, blocking))
                await command.ExecuteNonQueryAsync(Token);
            var locked = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT * FROM locked"), Token));
            Assert.Equal(("55P03", "SLU0304"), (locked.SqlState, locked.Code));
            Assert.True(locked.IsTransient);
            await blocking.RollbackAsync(Token);

            await using var idle = await engine.BeginAsync(cancellationToken: Token);
            await idle.ExecuteAsync(Text($"SELECT 1"), Token);
            await Task.Delay(800, Token);
            var ended = await Assert.ThrowsAsync<StatementException>(() => idle.ExecuteAsync(Text($"SELECT 1"), Token));
            Assert.Equal(("25P03", "SLU0327"), (ended.SqlState, ended.Code));
        }
        Assert.Equal(1, await engine.ScalarAsync<int>(Text($"SELECT count(*)::int FROM locked"), Token));
    }

    [Fact]
    public async Task A_transaction_can_have_timeouts_of_its_own()
    {
        await using var engine = NewEngine("own", new() { StatementTimeout = TimeSpan.FromMilliseconds(100) });
        await using var transaction = await engine.BeginAsync(new() { StatementTimeout = TimeSpan.FromSeconds(30) }, Token);
        await transaction.ExecuteAsync(Text($"SELECT pg_sleep(0.4)"), Token);
        await transaction.CommitAsync(Token);
        var slow = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"SELECT pg_sleep(0.4)"), Token));
        Assert.Equal("57014", slow.SqlState);
    }

    [Fact]
    public async Task A_prepared_statement_outlives_a_change_of_its_table()
    {
        await using var engine = NewEngine("stale", new() { PoolSize = 1, MaxOverflow = 0 });
        await database.ExecuteAsync("CREATE TABLE stale (id int); INSERT INTO stale VALUES (1)");
        var select = Text($"SELECT * FROM stale");
        for (var i = 0; i < 5; i++)
            Assert.Equal(["id"], (await engine.QueryAsync<Dictionary<string, object?>>(select, Token)).Single().Keys);
        await database.ExecuteAsync("ALTER TABLE stale ADD COLUMN name text");
        Assert.Equal(["id", "name"], (await engine.QueryAsync<Dictionary<string, object?>>(select, Token)).Single().Keys);

        for (var i = 0; i < 5; i++)
            await engine.QueryAsync<Dictionary<string, object?>>(select, Token);
        await using var transaction = await engine.BeginAsync(cancellationToken: Token);
        await database.ExecuteAsync("ALTER TABLE stale ADD COLUMN more text");
        var stale = await Assert.ThrowsAsync<StatementException>(() => transaction.QueryAsync<Dictionary<string, object?>>(select, Token));
        Assert.Equal("SLU0315", stale.Code);
    }

    [Theory]
    [InlineData("Maximum Pool Size=7")]
    [InlineData("Max Auto Prepare=3")]
    [InlineData("Connection Lifetime=60")]
    [InlineData("Options=-c statement_timeout=5")]
    [InlineData("Pooling=false")]
    public void What_the_string_says_and_an_option_contradicts_is_refused(string setting)
    {
        var options = new PostgresEngineOptions { PoolSize = 5, PreparedStatements = 100, PoolRecycle = TimeSpan.FromHours(1), StatementTimeout = TimeSpan.FromSeconds(1) };
        var refused = Assert.Throws<ArgumentException>(() => PostgresEngine.Create("Host=nowhere;Database=x;" + setting, options));
        Assert.Contains(setting.Split('=')[0], refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, 2)]
    [InlineData("Max Auto Prepare=0", null, 0)]
    [InlineData("Max Auto Prepare=1", null, 1)]
    [InlineData("Max Auto Prepare=2;Auto Prepare Min Usages=3", 2, 1)]
    [InlineData("", 0, 0)]
    public async Task As_many_statements_are_kept_prepared_as_the_string_or_the_option_says(string setting, int? option, long prepared)
    {
        database.Require();
        await using var engine = PostgresEngine.Create(database.ConnectionString + ";Application Name=prepares;" + setting, new() { PoolSize = 1, MaxOverflow = 0, PreparedStatements = option });
        for (var i = 0; i < 3; i++)
        {
            await engine.ScalarAsync<int>(Text($"SELECT {i}::int"), Token);
            if (i < 2)
                await engine.ScalarAsync<int>(Text($"SELECT {i}::int + 1"), Token);
        }
        Assert.Equal(prepared, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM pg_prepared_statements"), Token));
    }

    [Fact]
    public async Task More_statements_than_are_kept_prepared_make_room_for_each_other()
    {
        await using var engine = NewEngine("room", new() { PoolSize = 1, MaxOverflow = 0, PreparedStatements = 3 });
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 5; i++)
                Assert.Equal(i, await engine.ScalarAsync<int>(Select(Raw(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i}")).AsExpr<int>()), Token));
        }
        Assert.InRange(await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM pg_prepared_statements"), Token), 1, 3);
    }

    [Fact]
    public async Task A_connection_that_is_found_closed_when_a_chunk_begins_is_explained()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS closed; CREATE TABLE closed (id int PRIMARY KEY)");
        await using var engine = PostgresEngine.Create(database.ConnectionString + ";Keepalive=1;Application Name=closed");
        async IAsyncEnumerable<Closed> Rows()
        {
            yield return new Closed(1);
            yield return new Closed(2);
            while (await database.ScalarAsync<long>("SELECT count(*) FROM closed") < 2)
                await Task.Delay(50, Token);
            await database.ExecuteAsync("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'closed'");
            await Task.Delay(2_500, Token);
            yield return new Closed(3);
        }
        var lost = await Assert.ThrowsAsync<BulkException>(() => engine.InsertAsync(Rows(), options: new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(2) }, cancellationToken: Token));
        Assert.Equal(("SLU0303", 2), (lost.Code, lost.RowsKept));
        Assert.Equal("2", (await database.RunPsqlAsync("SELECT count(*) FROM closed")).Trim());
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("closed")]
    sealed record Closed([property: System.ComponentModel.DataAnnotations.Key] int Id);
}
