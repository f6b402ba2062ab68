using System.Transactions;

namespace Sluice.Sqlite.Tests.Engines;

public sealed class SqliteScopeTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Item(long Id);

    [Fact]
    public async Task A_scope_that_would_not_undo_anything_is_refused()
    {
        await database.ExecuteAsync("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        await using var engine = database.CreateEngine();
        await using var connection = await database.OpenAsync();
        await using var attached = SqliteEngine.Attach(connection);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.InsertAsync([new Item(1)], cancellationToken: Stop));
            Assert.Equal("SLU0158", refused.Code);
            Assert.Equal("SLU0158", (await Assert.ThrowsAsync<BulkPlanException>(() => attached.InsertAsync([new Item(2)], cancellationToken: Stop))).Code);
            Assert.Equal("SLU0158", (await Assert.ThrowsAsync<BulkPlanException>(() => engine.BeginAsync(cancellationToken: Stop))).Code);
            using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled))
                await engine.InsertAsync([new Item(3)], cancellationToken: Stop);
        }
        Assert.Equal("3", (await database.RunSqlite3Async("SELECT group_concat(id) FROM item")).Trim());
    }
}
