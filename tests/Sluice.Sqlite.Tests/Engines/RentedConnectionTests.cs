using System.Transactions;
using Microsoft.Data.Sqlite;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Engines;

public sealed class RentedConnectionTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static TransactionOptions Shared { get; } = new() { SharesConnection = true };

    static async Task<object?> RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }

    [Fact]
    public async Task A_transaction_of_the_engine_s_own_connection_says_how_the_driver_takes_part()
    {
        await using var transaction = await database.Engine.BeginAsync(cancellationToken: Token);
        var refused = Assert.Throws<BulkPlanException>(() => transaction.DbTransaction);
        Assert.Equal("SLU0735", refused.Code);
        Assert.Contains("SharesConnection", refused.Message, StringComparison.Ordinal);
        Assert.Throws<BulkPlanException>(() => transaction.DbConnection);
        Assert.Equal(1, await transaction.ScalarAsync<long>(Text($"SELECT 1"), Token));
    }

    [Fact]
    public async Task A_shared_transaction_is_the_driver_s_own_on_the_same_handle()
    {
        await using var transaction = await database.Engine.BeginAsync(Shared, Token);
        var connection = Assert.IsType<SqliteConnection>(transaction.DbConnection);
        Assert.Same(connection, Assert.IsType<SqliteTransaction>(transaction.DbTransaction).Connection);
        await transaction.ExecuteAsync(Text($"CREATE TEMP TABLE only_here (n)"), Token);
        Assert.Equal(0L, await RunAsync(connection, "SELECT count(*) FROM only_here"));
    }

    [Theory]
    [InlineData(SqliteBegin.Immediate)]
    [InlineData(SqliteBegin.Deferred)]
    [InlineData(SqliteBegin.Exclusive)]
    public async Task A_shared_transaction_writes_however_it_begins(SqliteBegin begin)
    {
        var table = database.NewName("begun");
        await database.ExecuteAsync($"CREATE TABLE {table} (n)");
        await using var engine = SqliteEngine.Create(database.FilePath, new() { Begin = begin });
        await using var transaction = await engine.BeginAsync(Shared, Token);
        await RunAsync((SqliteConnection)transaction.DbConnection, $"INSERT INTO {table} VALUES (1)");
        await transaction.CommitAsync(Token);
        Assert.Equal(1, await database.CountAsync(table));
    }

    [Fact]
    public async Task A_shared_transaction_that_only_reads_refuses_the_driver_s_writes_too()
    {
        var table = database.NewName("kept");
        await database.ExecuteAsync($"CREATE TABLE {table} (n)");
        await using var transaction = await database.Engine.BeginAsync(Shared with { ReadOnly = true }, Token);
        await Assert.ThrowsAsync<SqliteException>(() => RunAsync((SqliteConnection)transaction.DbConnection, $"INSERT INTO {table} VALUES (1)"));
    }

    [Fact]
    public async Task A_shared_transaction_waits_for_the_lock_and_no_longer_than_it_may()
    {
        await using var engine = SqliteEngine.Create(database.FilePath, new() { BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS waited (n)");
        await using var other = await database.OpenAsync();
        await RunAsync(other, "BEGIN IMMEDIATE");
        var locked = await Assert.ThrowsAsync<StatementException>(() => engine.BeginAsync(Shared, Token));
        Assert.Equal(("SLU0304", true), (locked.Code, locked.IsTransient));

        await using var patient = SqliteEngine.Create(database.FilePath, new() { BusyTimeout = TimeSpan.FromMinutes(5) });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = patient.BeginAsync(Shared, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await RunAsync(other, "ROLLBACK");
        await using var begun = await engine.BeginAsync(Shared, Token);
        await begun.CommitAsync(Token);
    }

    [Fact]
    public async Task A_rented_connection_keeps_foreign_keys_and_knows_the_functions_of_Sluice()
    {
        await using var engine = SqliteEngine.Create(database.FilePath);
        await using var rented = await engine.RentConnectionAsync(Token);
        Assert.Equal(1L, await RunAsync(rented, "PRAGMA foreign_keys"));
        await database.ExecuteAsync("DROP TABLE IF EXISTS item; CREATE TABLE item (id INTEGER PRIMARY KEY, price TEXT)");
        await using var transaction = (SqliteTransaction)await rented.BeginTransactionAsync(Token);
        var attached = SqliteEngine.Attach(rented, transaction);
        await attached.InsertAsync([new Item(1, 9m), new Item(2, 10m)], cancellationToken: Token);
        var t = Table.For<Item>();
        Assert.Equal(10m, await attached.ScalarAsync<decimal>(Select(Max(t.Column<decimal>("price"))).From(t), Token));
        await transaction.CommitAsync(Token);
        Assert.Equal(2, await database.CountAsync("item"));
    }

    [Fact]
    public async Task A_database_in_memory_is_the_same_for_the_driver()
    {
        await using var engine = SqliteEngine.Create(":memory:");
        await using (var rented = await engine.RentConnectionAsync(Token))
            await RunAsync(rented, "CREATE TABLE item (id INTEGER PRIMARY KEY, price TEXT)");
        await engine.InsertAsync([new Item(1, 9m)], cancellationToken: Token);
        await using (var transaction = await engine.BeginAsync(Shared, Token))
        {
            await RunAsync((SqliteConnection)transaction.DbConnection, "UPDATE item SET price = '5'");
            await transaction.CommitAsync(Token);
        }
        await using var again = await engine.RentConnectionAsync(Token);
        Assert.Equal("5", await RunAsync(again, "SELECT price FROM item"));
    }

    [Fact]
    public async Task In_a_scope_none_is_rented_out()
    {
        await using var engine = SqliteEngine.Create(database.FilePath);
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        Assert.Equal("SLU0158", (await Assert.ThrowsAsync<BulkPlanException>(() => engine.RentConnectionAsync(Token))).Code);
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("item")]
    sealed record Item([property: System.ComponentModel.DataAnnotations.Key] int Id, decimal Price);
}
