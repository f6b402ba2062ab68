using System.Diagnostics;
using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>What is stopped in a SQLite transaction in which a stream is open, and what goes on.</summary>
public sealed class SqliteTransactionTests(TestSqlite database) : ReadingSpec(database), IClassFixture<TestSqlite>
{
    static Tick.TickTable T => Tick.Table;

    static StreamOptions Batches { get; } = new() { YieldPer = 100 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_query_that_is_cancelled_stops_alone(bool byTime)
    {
        await using var engine = SqliteEngine.Create(database.FilePath, new SqliteEngineOptions { StatementTimeout = byTime ? TimeSpan.FromMilliseconds(200) : null });
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        await transaction.ExecuteAsync(Update(T).Set(T.Device, 77).Where(T.Id == 1L), Stop);
        await using var rows = transaction.StreamAsync<Tick>(AllTicks, Batches, Stop).GetAsyncEnumerator(Stop);
        await using var others = transaction.StreamAsync<Tick>(AllTicks, Batches, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync() && await others.MoveNextAsync());

        var clock = Stopwatch.StartNew();
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(byTime ? TimeSpan.FromMinutes(5) : TimeSpan.FromMilliseconds(200));
        var stopped = await Record.ExceptionAsync(() => transaction.QueryAsync<long>(Silent, cancellation.Token));
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(20));
        if (byTime)
            Assert.Equal("SLU0312", Assert.IsType<StatementException>(stopped).Code);
        else
            Assert.IsAssignableFrom<OperationCanceledException>(stopped);

        await transaction.ExecuteAsync(Update(T).Set(T.Device, 78).Where(T.Id == 2L), Stop);
        var seen = 1;
        while (await rows.MoveNextAsync())
            Assert.Equal(++seen, rows.Current.Id);
        Assert.Equal(Count, seen);
        await transaction.CommitAsync(Stop);
        Assert.Equal("77\n78", (await database.RunSqlite3Async("SELECT device FROM ticks WHERE id < 3 ORDER BY id")).Trim());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transaction_that_SQLite_gave_up_takes_nothing_more(bool attached)
    {
        await using var begun = attached ? await database.AttachAsync() : await Specification.Databases.BegunTransaction.OfAsync(Engine);
        await begun.Database.ExecuteAsync(Update(T).Set(T.Device, 77).Where(T.Id == 1L), Stop);
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun.Database.ExecuteAsync(
            Text($"UPDATE ticks SET device = (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c)"), cancellation.Token));

        Assert.Equal("SLU0318", (await Assert.ThrowsAsync<StatementException>(() => begun.Database.ExecuteAsync(Update(T).Set(T.Device, 78).Where(T.Id == 2L), Stop))).Code);
        Assert.Equal("SLU0318", (await Assert.ThrowsAnyAsync<BulkException>(() => begun.Database.InsertAsync([NewTick(9_999)], cancellationToken: Stop))).Code);
        await Assert.ThrowsAnyAsync<Exception>(begun.CommitAsync);
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM ticks WHERE device > 50 OR id > 2500"));
        await AssertNothingIsLeftAsync();
    }
}
