using System.Data;
using System.Transactions;
using Npgsql;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

public sealed class RentedConnectionTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    PostgresEngine NewEngine(string name)
    {
        database.Require();
        return PostgresEngine.Create(database.ConnectionString + ";Application Name=" + name, new() { PoolSize = 1, MaxOverflow = 0, PoolTimeout = TimeSpan.FromMilliseconds(200) });
    }

    static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("failed")]
    [InlineData("closed")]
    [InlineData("reading")]
    [InlineData("copying")]
    public async Task What_a_holder_sets_in_the_session_is_gone_for_the_next(string end)
    {
        await using var engine = NewEngine("renting");
        for (var i = 0; i < 2; i++)
        {
            var rented = await engine.RentConnectionAsync(Token);
            Assert.NotEqual("77MB", await RunAsync(rented, "SHOW work_mem"));
            Assert.Equal(DBNull.Value, await RunAsync(rented, "SELECT to_regclass('pg_temp.left_over')::text"));
            // An answer that is broken off may cost the connection, whose process ends a moment later.
            Assert.True(end is "copying" or "reading" || await RunAsync(rented, "SELECT pg_try_advisory_lock(4711)") is true);
            await RunAsync(rented, "SET work_mem = '77MB'");
            await RunAsync(rented, "CREATE TEMP TABLE left_over (n int)");
            if (end == "failed")
            {
                await rented.BeginTransactionAsync(Token);
                await Assert.ThrowsAsync<PostgresException>(() => RunAsync(rented, "SELECT 1 / 0"));
            }
            if (end == "reading")
                await new NpgsqlCommand("SELECT generate_series(1, 100000)", rented).ExecuteReaderAsync(Token);
            if (end == "copying")
                await rented.BeginTextExportAsync("COPY (SELECT generate_series(1, 100000)) TO STDOUT", Token);
            if (end == "closed")
                await rented.CloseAsync();
            await rented.DisposeAsync();
            Assert.NotEqual("77MB", await engine.ScalarAsync<string>(Text($"SHOW work_mem"), Token));
        }
        // As many as were lent at a time, and one of the engine's own.
        while (await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'renting'") > 2)
            await Task.Delay(50, Token);
    }

    [Fact]
    public async Task A_rented_connection_counts_as_one_of_the_pool_and_is_named_when_that_is_exhausted()
    {
        await using var engine = NewEngine("counting");
        await using (await engine.RentConnectionAsync(Token))
        {
            var refused = await Assert.ThrowsAsync<BulkException>(() => engine.ScalarAsync<int>(Text($"SELECT 1"), Token));
            Assert.Equal("SLU0313", refused.Code);
            Assert.Contains("The oldest is held by a rented connection since", refused.Message, StringComparison.Ordinal);
            Assert.Equal("SLU0313", (await Assert.ThrowsAsync<BulkException>(() => engine.RentConnectionAsync(Token))).Code);
        }
        Assert.Equal(1, await engine.ScalarAsync<int>(Text($"SELECT 1"), Token));
    }

    [Fact]
    public async Task The_verbs_work_on_a_rented_connection_that_is_attached()
    {
        await using var engine = NewEngine("attaching");
        await database.ExecuteAsync("DROP TABLE IF EXISTS piece; CREATE TABLE piece (id int PRIMARY KEY)");
        await using (var rented = await engine.RentConnectionAsync(Token))
        await using (var transaction = await rented.BeginTransactionAsync(Token))
        {
            await PostgresEngine.Attach(rented, transaction).InsertAsync([new Piece(1), new Piece(2)], cancellationToken: Token);
            await RunAsync(rented, "INSERT INTO piece VALUES (3)");
            await transaction.CommitAsync(Token);
        }
        Assert.Equal(3, await database.CountAsync("piece"));
    }

    [Fact]
    public async Task A_data_source_rents_out_its_own_connections_also_in_a_scope()
    {
        database.Require();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=1");
        await using var engine = PostgresEngine.Create(source);
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await using (var rented = await engine.RentConnectionAsync(Token))
            Assert.Equal(1, await RunAsync(rented, "SELECT 1"));
        await using (var mine = await source.OpenConnectionAsync(Token))
            Assert.Equal(ConnectionState.Open, mine.State);
    }

    [Fact]
    public async Task In_a_scope_that_the_engine_s_own_pool_takes_part_in_none_is_rented_out()
    {
        await using var engine = NewEngine("scoped");
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            Assert.Equal("SLU0736", (await Assert.ThrowsAsync<BulkPlanException>(() => engine.RentConnectionAsync(Token))).Code);
        await using var rented = await engine.RentConnectionAsync(Token);
    }

    [Fact]
    public async Task What_the_driver_s_commands_set_in_a_transaction_is_gone_for_the_next_holder()
    {
        await using var engine = NewEngine("setting");
        await using (var transaction = await engine.BeginAsync(cancellationToken: Token))
        {
            Assert.IsType<NpgsqlTransaction>(transaction.DbTransaction);
            await RunAsync((NpgsqlConnection)transaction.DbConnection, "SET work_mem = '77MB'");
            await transaction.CommitAsync(Token);
        }
        Assert.NotEqual("77MB", await engine.ScalarAsync<string>(Text($"SHOW work_mem"), Token));
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("piece")]
    sealed record Piece([property: System.ComponentModel.DataAnnotations.Key] int Id);
}
