using Npgsql;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

public sealed class AttachTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    sealed record Item(int Id, string Name);

    async Task<NpgsqlConnection> NewAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS item; CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL)");
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    [Fact]
    public async Task What_is_done_in_a_callers_transaction_is_the_callers_to_commit()
    {
        await using var connection = await NewAsync();
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            var attached = PostgresEngine.Attach(connection, transaction);
            await attached.InsertAsync(new[] { new Item(1, "a"), new Item(2, "b") }, cancellationToken: Token);
            await Assert.ThrowsAsync<BulkRowException>(() => attached.InsertAsync(new[] { new Item(3, "c"), new Item(1, "again") }, cancellationToken: Token));
            Assert.Equal(1, await attached.ExecuteAsync(Text($"UPDATE item SET name = {"z"} WHERE id = {2}"), Token));
            await attached.DisposeAsync();
            Assert.Equal(0, await database.CountAsync("item"));
            await transaction.CommitAsync(Token);
        }
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
        Assert.Equal("1|a\n2|z", (await database.RunPsqlAsync("SELECT * FROM item ORDER BY 1")).Trim());
    }

    [Fact]
    public async Task Without_a_transaction_each_load_has_its_own()
    {
        await using var connection = await NewAsync();
        var attached = PostgresEngine.Attach(connection);
        await attached.InsertAsync(new[] { new Item(1, "a") }, cancellationToken: Token);
        await Assert.ThrowsAsync<BulkRowException>(() => attached.InsertAsync(new[] { new Item(2, "b"), new Item(1, "again") }, cancellationToken: Token));
        await attached.DisposeAsync();
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
        Assert.Equal("1|a", (await database.RunPsqlAsync("SELECT * FROM item ORDER BY 1")).Trim());
    }

    [Fact]
    public async Task What_is_not_open_cannot_be_attached()
    {
        await using var closed = new NpgsqlConnection("Host=nowhere");
        Assert.Throws<ArgumentException>(() => PostgresEngine.Attach(closed));
    }
}
