using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>What is left of a data reader that does not come to its end: nothing, and no end that is none.</summary>
public abstract class DataReaderFaultsSpec(TestDatabase database) : ReadingSpec(database)
{
    public static TheoryData<StreamMode> Modes { get; } = [StreamMode.Cursor, StreamMode.Direct];

    /// <summary>The numbers from 1 to 1,500, of which a server has sent the first 1,000 before it works on without an end.</summary>
    static SqlText Stuck { get; } = Text(
        $"SELECT n FROM (WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n <= 1500) s");

    static StreamOptions Batches(StreamMode mode, int yieldPer = 100) => new() { Mode = mode, YieldPer = yieldPer };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Closed_early_the_database_is_stopped(StreamMode mode)
    {
        var reader = await Engine.ExecuteReaderAsync(Endless, Batches(mode), Stop);
        for (var i = 1; i <= 150; i++)
        {
            Assert.True(await reader.ReadAsync(Stop));
            Assert.Equal(i, reader.GetInt64(0));
        }
        await reader.DisposeAsync();
        await reader.DisposeAsync();

        await AssertNothingIsLeftAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Closed_before_its_first_row_the_database_is_stopped(StreamMode mode)
    {
        await using (await Engine.ExecuteReaderAsync(Endless, Batches(mode), Stop))
        {
        }
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_token_of_one_read_stops_the_database_and_closes_the_reader(StreamMode mode)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var reader = await Engine.ExecuteReaderAsync(Stuck, Batches(mode, 1_000), Stop);
        for (var i = 1; i <= 1_000; i++)
            Assert.True(await reader.ReadAsync(cancellation.Token));
        cancellation.CancelAfter(100);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(cancellation.Token));

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await AssertNothingIsLeftAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_token_of_the_call_stops_its_reading_within_a_batch(StreamMode mode)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var reader = await Engine.ExecuteReaderAsync(Endless, Batches(mode), cancellation.Token);
        Assert.True(await reader.ReadAsync(Stop));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(Stop));

        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_failure_on_the_way_comes_after_the_rows_before_it_and_is_no_end(StreamMode mode)
    {
        // A table gives the type, which one value is too large for.
        var query = Text($"SELECT CASE WHEN id = {1_234} THEN 3000000000 ELSE id END AS id FROM ticks ORDER BY ticks.id").Returns(new Column<int>("id", SqlType.Integer));
        await using var reader = await Engine.ExecuteReaderAsync(query, Batches(mode), Stop);
        var seen = 0;

        var failure = await Assert.ThrowsAsync<StatementException>(async () =>
        {
            while (await reader.ReadAsync(Stop))
                seen++;
        });
        Assert.IsType<OverflowException>(failure.InnerException);

        Assert.Equal(1_200, seen);
        await AssertNothingIsLeftAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(Stop));
    }

    [Fact]
    public async Task A_query_that_the_database_refuses_gives_no_reader()
    {
        var failure = await Assert.ThrowsAsync<StatementException>(() => Engine.ExecuteReaderAsync(Text($"SELECT id FROM no_such_table"), cancellationToken: Stop));

        Assert.Contains("no_such_table", failure.Message, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Within_a_transaction_it_sees_what_was_done_and_leaves_it_open(StreamMode mode)
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([NewTick(Count + 1)], cancellationToken: Stop);
        await using (var reader = await transaction.ExecuteReaderAsync(AllTicks.Where(Tick.Table.Id > Count - 500L), Batches(mode), Stop))
        {
            for (var i = 0; i < 250; i++)
                Assert.True(await reader.ReadAsync(Stop));
        }
        await transaction.InsertAsync([NewTick(Count + 2)], cancellationToken: Stop);
        await transaction.CommitAsync(Stop);

        Assert.Equal(Count + 2, await Database.CountAsync("ticks"));
    }
}
