using System.Data.Common;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Code of ADO.NET, as Dapper runs it, beside the verbs.</summary>
public abstract class AdoNetSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static TransactionOptions Shared { get; } = new() { SharesConnection = true };

    sealed record Part(int Id, string Name);

    static Table<Part> T { get; } = Table.For<Part>();

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS part");
        await Engine.CreateTableAsync(T, Stop);
        await Engine.InsertAsync([new Part(1, "one")], cancellationToken: Stop);
    }

    static async Task<object?> RunAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(Stop);
    }

    static Task<object?> RunAsync(Transaction transaction, string sql) => RunAsync(transaction.DbConnection, transaction.DbTransaction, sql);

    async Task<string> NamesAsync() => string.Join(' ', (await Database.QueryAsync("SELECT name FROM part ORDER BY id")).Select(r => r[0]));

    [Fact]
    public async Task Commands_of_the_driver_are_a_part_of_the_transaction()
    {
        await using (var transaction = await Engine.BeginAsync(Shared, Stop))
        {
            await transaction.InsertAsync([new Part(2, "two"), new Part(3, "three")], cancellationToken: Stop);
            Assert.Equal(3L, Convert.ToInt64(await RunAsync(transaction, "SELECT count(*) FROM part"), System.Globalization.CultureInfo.InvariantCulture));
            await RunAsync(transaction, "INSERT INTO part (id, name) VALUES (4, 'four')");
            Assert.Equal("four", await transaction.ScalarAsync<string>(Text($"SELECT name FROM part WHERE id = {4}"), Stop));
            await transaction.UpsertAsync([new Part(4, "more"), new Part(5, "five")], cancellationToken: Stop);
            Assert.Equal("one", await NamesAsync());
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal("one two three more five", await NamesAsync());
        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Fact]
    public async Task What_commands_of_the_driver_did_is_rolled_back_with_the_transaction()
    {
        await using (var transaction = await Engine.BeginAsync(Shared, Stop))
        {
            await RunAsync(transaction, "INSERT INTO part (id, name) VALUES (2, 'two')");
            await transaction.InsertAsync([new Part(3, "three")], cancellationToken: Stop);
            await using (var mark = await transaction.SavepointAsync(Stop))
                await RunAsync(transaction, "DELETE FROM part");
            Assert.Equal("two", await transaction.ScalarAsync<string>(Text($"SELECT name FROM part WHERE id = {2}"), Stop));
            await transaction.RollbackAsync(Stop);
        }
        Assert.Equal("one", await NamesAsync());
        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Fact]
    public async Task A_load_that_fails_in_a_shared_transaction_is_undone_alone()
    {
        await using var transaction = await Engine.BeginAsync(Shared, Stop);
        await RunAsync(transaction, "INSERT INTO part (id, name) VALUES (2, 'two')");
        await Assert.ThrowsAsync<BulkRowException>(() => transaction.InsertAsync([new Part(3, "three"), new Part(1, "again")], cancellationToken: Stop));
        await RunAsync(transaction, "INSERT INTO part (id, name) VALUES (4, 'four')");
        await transaction.CommitAsync(Stop);
        Assert.Equal("one two four", await NamesAsync());
    }

    [Fact]
    public async Task A_reader_of_the_driver_and_a_stream_see_the_transaction_s_rows()
    {
        await using var transaction = await Engine.BeginAsync(Shared, Stop);
        await transaction.InsertAsync(Enumerable.Range(2, 2_999).Select(i => new Part(i, "n")), cancellationToken: Stop);
        var read = 0;
        await using (var command = transaction.DbConnection.CreateCommand())
        {
            command.CommandText = "SELECT id FROM part ORDER BY id";
            command.Transaction = transaction.DbTransaction;
            await using var reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
                read += reader.GetInt32(0);
        }
        Assert.Equal(3_000 * 3_001 / 2, read);

        // Between two batches a command runs on the connection.
        var seen = 0;
        await foreach (var batch in transaction.StreamAsync<Part>(Select(T).From(T), new StreamOptions { YieldPer = 1_000 }, Stop).Batches())
        {
            seen += batch.Count;
            await RunAsync(transaction, $"UPDATE part SET name = 'seen' WHERE id = {batch[0].Id}");
        }
        Assert.Equal(3_000, seen);
        await transaction.CommitAsync(Stop);
        Assert.Equal(3, await Database.ScalarAsync<long>("SELECT count(*) FROM part WHERE name = 'seen'"));
    }

    [Fact]
    public async Task A_transaction_that_the_driver_has_ended_says_so()
    {
        await using var transaction = await Engine.BeginAsync(Shared, Stop);
        await transaction.InsertAsync([new Part(2, "two")], cancellationToken: Stop);
        await transaction.DbTransaction.CommitAsync(Stop);
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(Stop));
        Assert.Contains("ended by its DbTransaction", ended.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => transaction.DbConnection);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.InsertAsync([new Part(3, "three")], cancellationToken: Stop));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.ExecuteAsync(Text($"DELETE FROM part"), Stop));
        Assert.Equal("one two", await NamesAsync());
    }

    [Fact]
    public async Task A_transaction_that_has_ended_gives_no_connection()
    {
        await using var transaction = await Engine.BeginAsync(Shared, Stop);
        await transaction.CommitAsync(Stop);
        Assert.Throws<InvalidOperationException>(() => transaction.DbTransaction);
        Assert.Throws<InvalidOperationException>(() => transaction.DbConnection);
    }

    [Fact]
    public async Task A_rented_connection_runs_what_the_driver_can()
    {
        await using (var rented = await Engine.RentConnectionAsync(Stop))
        {
            await using var transaction = await rented.BeginTransactionAsync(Stop);
            await RunAsync(rented, transaction, "INSERT INTO part (id, name) VALUES (2, 'two')");
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal("one two", await NamesAsync());
        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("words")]
    [InlineData("reader")]
    [InlineData("closed")]
    public async Task What_is_open_on_a_rented_connection_is_rolled_back_when_it_is_given_back(string way)
    {
        var rented = await Engine.RentConnectionAsync(Stop);
        var transaction = way == "transaction" || way == "closed" ? await rented.BeginTransactionAsync(Stop) : null;
        if (transaction is null)
            await RunAsync(rented, null, "BEGIN");
        await RunAsync(rented, transaction, "INSERT INTO part (id, name) VALUES (2, 'two')");
        var command = rented.CreateCommand();
        command.CommandText = "SELECT 1 UNION ALL SELECT 2";
        if (way == "reader")
            await (await command.ExecuteReaderAsync(Stop)).ReadAsync(Stop);
        if (way == "closed")
            await rented.CloseAsync();
        await rented.DisposeAsync();

        Assert.Equal("one", await NamesAsync());
        Assert.Empty(await Database.OpenWorkAsync());
        await using var next = await Engine.RentConnectionAsync(Stop);
        Assert.Equal("one", await RunAsync(next, null, "SELECT name FROM part"));
    }

    [Fact]
    public async Task A_temporary_table_of_a_rented_connection_goes_when_it_is_given_back()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var rented = await Engine.RentConnectionAsync(Stop);
            await RunAsync(rented, null, "CREATE TEMPORARY TABLE mine (n int)");
            await RunAsync(rented, null, "INSERT INTO mine VALUES (1)");
        }
        Assert.Equal(1, await Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM part"), Stop));
        await Assert.ThrowsAsync<StatementException>(() => Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM mine"), Stop));
    }
}
