using System.Diagnostics;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>What is left of a stream that does not come to its end: nothing.</summary>
public abstract class StreamFaultsSpec(TestDatabase database) : ReadingSpec(database)
{
    static readonly TimeSpan s_soon = TimeSpan.FromSeconds(5);

    public static TheoryData<StreamMode> Modes { get; } = [StreamMode.Cursor, StreamMode.Direct];

    static StreamOptions Batches(StreamMode mode, int yieldPer = 100) => new() { Mode = mode, YieldPer = yieldPer };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_break_stops_the_database_at_once(StreamMode mode)
    {
        var clock = Stopwatch.StartNew();
        long last = 0;
        await foreach (var number in Engine.StreamAsync<long>(Endless, Batches(mode), Stop))
        {
            last = number;
            if (number == 250)
                break;
        }

        await AssertNothingIsLeftAsync();
        Assert.Equal(250, last);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_soon);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_break_between_batches_stops_the_database_at_once(StreamMode mode)
    {
        var clock = Stopwatch.StartNew();
        var sizes = new List<int>();
        await foreach (var batch in Engine.StreamAsync<long>(Endless, Batches(mode, 1_000), Stop).Batches())
        {
            sizes.Add(batch.Count);
            if (sizes.Count == 3)
                break;
        }

        await AssertNothingIsLeftAsync();
        Assert.Equal([1_000, 1_000, 1_000], sizes);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_soon);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task An_exception_of_the_consumer_stops_the_database_and_goes_on(StreamMode mode)
    {
        var failure = await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var number in Engine.StreamAsync<long>(Endless, Batches(mode), Stop))
            {
                if (number == 101)
                    throw new InvalidTimeZoneException("The consumer has had enough.");
            }
        });

        Assert.Equal("The consumer has had enough.", failure.Message);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_token_stops_a_query_that_gives_no_row(StreamMode mode)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var clock = Stopwatch.StartNew();
        cancellation.CancelAfter(300);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ToListAsync(Engine.StreamAsync<long>(Silent, Batches(mode), cancellation.Token)));

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await AssertNothingIsLeftAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(250), s_soon);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_token_of_the_enumeration_stops_it_within_a_batch(StreamMode mode)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        long last = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in Engine.StreamAsync<long>(Endless, Batches(mode), Stop).WithCancellation(cancellation.Token))
            {
                last = number;
                if (number == 150)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(150, last);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_token_that_was_cancelled_before_reads_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ToListAsync(Engine.StreamAsync<long>(Endless, cancellationToken: cancellation.Token)));
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Disposal_without_reading_on_stops_the_database(StreamMode mode)
    {
        var rows = Engine.StreamAsync<long>(Endless, Batches(mode), Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal(1, rows.Current);
        await rows.DisposeAsync();
        await rows.DisposeAsync();

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_enumerator_that_is_never_moved_opens_nothing()
    {
        await Engine.StreamAsync<long>(Endless, cancellationToken: Stop).GetAsyncEnumerator(Stop).DisposeAsync();

        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_value_that_does_not_fit_comes_after_the_batches_before_it(StreamMode mode)
    {
        var query = Text($"SELECT CASE WHEN id = {1_234} THEN NULL ELSE id END AS id FROM ticks ORDER BY ticks.id");
        var seen = 0;

        var failure = await Assert.ThrowsAsync<StatementException>(async () =>
        {
            await foreach (var id in Engine.StreamAsync<long>(query, Batches(mode), Stop))
                seen++;
        });
        Assert.Equal("SLU0328", failure.Code);
        Assert.IsAssignableFrom<InvalidCastException>(failure.InnerException);

        Assert.Equal(1_200, seen);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_query_that_the_database_refuses_says_so(StreamMode mode)
    {
        var failure = await Assert.ThrowsAsync<StatementException>(() => ToListAsync(Engine.StreamAsync<long>(Text($"SELECT id FROM no_such_table"), Batches(mode), Stop)));

        Assert.Contains("no_such_table", failure.Message, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_result_without_the_columns_of_the_rows_says_so()
    {
        var failure = await Assert.ThrowsAsync<BulkException>(() => ToListAsync(Engine.StreamAsync<Tick>(Text($"SELECT id, device FROM ticks"), cancellationToken: Stop)));

        Assert.Equal("SLU0622", failure.Code);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_consumer_that_holds_a_batch_for_too_long_loses_the_stream(StreamMode mode)
    {
        var options = Batches(mode) with { MaxConsumerPause = TimeSpan.FromMilliseconds(200) };
        await using var rows = Engine.StreamAsync<long>(Endless, options, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rows.MoveNextAsync());
        await Task.Delay(600, Stop);

        // The transaction has ended while the consumer still holds its batch, whose rows stay.
        await AssertNothingIsLeftAsync();
        for (var i = 2; i <= 100; i++)
        {
            Assert.True(await rows.MoveNextAsync());
            Assert.Equal(i, rows.Current);
        }
        var failure = await Assert.ThrowsAsync<BulkException>(async () => await rows.MoveNextAsync());
        Assert.Equal("SLU0702", failure.Code);
        Assert.Contains("0.2 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_that_comes_back_in_time_reads_to_the_end()
    {
        var options = new StreamOptions { YieldPer = 500, MaxConsumerPause = TimeSpan.FromMilliseconds(1_500) };
        var seen = 0;
        await foreach (var batch in Engine.StreamAsync<Tick>(AllTicks, options, Stop).Batches())
        {
            seen += batch.Count;
            await Task.Delay(500, Stop);
        }

        Assert.Equal(Count, seen);
    }

    [Fact]
    public async Task Many_streams_that_are_left_early_leave_the_pool_whole()
    {
        for (var i = 0; i < 60; i++)
        {
            await foreach (var number in Engine.StreamAsync<long>(Endless, Batches(i % 2 == 0 ? StreamMode.Cursor : StreamMode.Direct, 10), Stop))
            {
                if (number >= i)
                    break;
            }
        }
        await AssertNothingIsLeftAsync();
    }
}
