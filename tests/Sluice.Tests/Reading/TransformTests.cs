using System.Runtime.CompilerServices;

namespace Sluice.Tests.Reading;

public sealed class TransformTests
{
    const int Degree = 4;
    const int BatchRows = 16;
    const int MostOnTheWay = 2 * Degree * BatchRows + 1;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(5_003)]
    public async Task Rows_come_in_order_whatever_time_each_takes(int count)
    {
        var source = new Source(count);
        var random = new Random(7);
        var delays = Enumerable.Range(0, count + 1).Select(_ => random.Next(20) == 0 ? random.Next(3) : 0).ToArray();

        var asynchronous = source.Rows().TransformAsync(
            async (row, stop) =>
            {
                if (delays[row] > 0)
                    await Task.Delay(delays[row], stop);
                return row * 2L;
            },
            Degree, BatchRows, Stop);
        var synchronous = new Source(count).Rows().TransformAsync(
            row =>
            {
                Thread.SpinWait(delays[row] * 20_000);
                return row * 2L;
            },
            Degree, BatchRows, Stop);

        Assert.Equal(Enumerable.Range(0, count).Select(i => i * 2L), await ToListAsync(asynchronous));
        Assert.Equal(Enumerable.Range(0, count).Select(i => i * 2L), await ToListAsync(synchronous));
        Assert.Equal((count, true), (source.Given, source.IsDisposed));
    }

    [Fact]
    public async Task Several_rows_are_made_at_a_time_and_no_more_than_the_degree()
    {
        var running = 0;
        var most = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rows = new Source(400).Rows().TransformAsync(
            async (row, stop) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (all)
                    most = Math.Max(most, now);
                if (now == Degree)
                    all.TrySetResult();
                // Goes on only when as many as the degree are under way.
                await all.Task.WaitAsync(TimeSpan.FromSeconds(30), stop);
                Interlocked.Decrement(ref running);
                return row;
            },
            Degree, BatchRows, Stop);

        Assert.Equal(400, (await ToListAsync(rows)).Count);
        Assert.Equal(Degree, most);
    }

    [Fact]
    public async Task A_consumer_that_takes_nothing_stops_the_source_after_a_bounded_number_of_rows()
    {
        var source = new Source(1_000_000);
        await using var rows = source.Rows().TransformAsync(row => row, Degree, BatchRows, Stop).GetAsyncEnumerator(Stop);
        var taken = 0;
        while (taken < 500)
        {
            Assert.True(await rows.MoveNextAsync());
            taken++;
            Assert.InRange(source.Given - taken, 0, MostOnTheWay);
        }
        // As many as there is room for are read, and then none.
        for (var i = 0; i < 100 && source.Given < 500 + MostOnTheWay - 2 * BatchRows; i++)
            await Task.Delay(10, Stop);
        await Task.Delay(50, Stop);
        Assert.InRange(source.Given, 500 + MostOnTheWay - 2 * BatchRows, 500 + MostOnTheWay);
    }

    [Fact]
    public async Task Nothing_is_read_before_the_rows_are_asked_for()
    {
        var source = new Source(10);
        await source.Rows().TransformAsync(row => row, cancellationToken: Stop).GetAsyncEnumerator(Stop).DisposeAsync();

        Assert.Equal(0, source.Given);
    }

    [Fact]
    public async Task A_failure_comes_behind_the_rows_before_it_and_stops_the_source()
    {
        var source = new Source(1_000_000);
        var seen = new List<int>();

        var failure = await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var row in source.Rows().TransformAsync(row => row == 777 || row > 790 ? throw new InvalidTimeZoneException($"{row}") : row, Degree, BatchRows, Stop))
                seen.Add(row);
        });

        Assert.Equal("777", failure.Message);
        Assert.Equal(Enumerable.Range(0, 777), seen);
        Assert.True(source.IsDisposed);
        Assert.InRange(source.Given, 778, 777 + MostOnTheWay);
    }

    [Fact]
    public async Task A_failure_of_the_source_comes_behind_the_rows_before_it()
    {
        var source = new Source(1_000) { FailsAt = 99 };
        var seen = new List<int>();

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var row in source.Rows().TransformAsync(row => row, Degree, BatchRows, Stop))
                seen.Add(row);
        });

        Assert.Equal(Enumerable.Range(0, 99), seen);
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task Leaving_early_stops_and_disposes_the_source_and_waits_for_what_runs()
    {
        var source = new Source(1_000_000);
        var running = 0;
        await foreach (var row in source.Rows().TransformAsync(
            async (row, _) =>
            {
                Interlocked.Increment(ref running);
                await Task.Delay(row > 100 ? 30 : 0, CancellationToken.None);
                Interlocked.Decrement(ref running);
                return row;
            },
            Degree, BatchRows, Stop))
        {
            if (row == 100)
                break;
        }

        Assert.Equal(0, running);
        Assert.True(source.IsDisposed);
        Assert.InRange(source.Given, 101, 101 + MostOnTheWay);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_ends_waiting_rows_at_once(bool ofTheEnumeration)
    {
        var source = new Source(1_000_000);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var rows = source.Rows().TransformAsync(
            async (row, stop) =>
            {
                if (row == 50)
                {
                    cancellation.CancelAfter(20);
                    await Task.Delay(Timeout.Infinite, stop);
                }
                return row;
            },
            Degree, BatchRows, ofTheEnumeration ? CancellationToken.None : cancellation.Token);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in rows.WithCancellation(ofTheEnumeration ? cancellation.Token : CancellationToken.None))
                Assert.InRange(row, 0, 49);
        });

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.True(source.IsDisposed);
        Assert.InRange(source.Given, 51, 50 + MostOnTheWay);
    }

    [Fact]
    public async Task A_cancelled_exception_of_the_transforms_own_is_a_failure_like_others()
    {
        var rows = new Source(100).Rows().TransformAsync<int, int>(_ => throw new TaskCanceledException("mine"), Degree, BatchRows, Stop);

        Assert.Equal("mine", (await Assert.ThrowsAsync<TaskCanceledException>(() => ToListAsync(rows))).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_fails_when_it_is_told_to_stop_keeps_nobody_waiting(bool leaves)
    {
        var isDisposed = false;
        async IAsyncEnumerable<int> Numbers([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await using var registration = cancellationToken.Register(() => throw new InvalidTimeZoneException("source"));
            try
            {
                for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
                    yield return i;
            }
            finally
            {
                isDisposed = true;
            }
        }
        async Task ReadAsync()
        {
            await foreach (var row in Numbers().TransformAsync(row => row == 100 && !leaves ? throw new InvalidDataException("row") : row, Degree, BatchRows, Stop))
            {
                if (leaves)
                    break;
            }
        }

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync().WaitAsync(TimeSpan.FromSeconds(20), Stop));

        Assert.Equal(leaves ? "source" : "row", failure.GetBaseException().Message);
        Assert.True(isDisposed);
    }

    [Fact]
    public async Task A_source_that_pauses_has_the_rows_before_handed_on()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<int> Slow()
        {
            yield return 1;
            yield return 2;
            await gate.Task;
            yield return 3;
        }
        await using var rows = Slow().TransformAsync(row => row * 10, Degree, BatchRows, Stop).GetAsyncEnumerator(Stop);

        Assert.True(await rows.MoveNextAsync());
        Assert.Equal(10, rows.Current);
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal(20, rows.Current);
        gate.SetResult();
        Assert.True(await rows.MoveNextAsync());
        Assert.Equal(30, rows.Current);
        Assert.False(await rows.MoveNextAsync());
        Assert.False(await rows.MoveNextAsync());
    }

    [Fact]
    public async Task Transforms_follow_each_other_and_can_be_enumerated_again()
    {
        var rows = new Source(1_000).Rows().TransformAsync(row => row + 1, 2, 7, Stop).TransformAsync((row, _) => ValueTask.FromResult($"{row}"), 3, 11, Stop);

        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => $"{i}"), await ToListAsync(rows));
        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => $"{i}"), await ToListAsync(rows));
    }

    [Fact]
    public void A_degree_and_a_batch_have_a_least()
    {
        var rows = new Source(1).Rows();
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.TransformAsync(row => row, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.TransformAsync(row => row, 1, 0));
    }

    static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
            list.Add(row);
        return list;
    }

    /// <summary>Numbers, counted as they are given.</summary>
    sealed class Source(int count)
    {
        int _given;

        internal int Given => Volatile.Read(ref _given);

        internal bool IsDisposed { get; private set; }

        internal int FailsAt { get; init; } = -1;

        internal async IAsyncEnumerable<int> Rows([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            IsDisposed = false;
            try
            {
                for (var i = 0; i < count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (i == FailsAt)
                        throw new InvalidDataException();
                    if (i % 100 == 99)
                        await Task.Yield();
                    Interlocked.Increment(ref _given);
                    yield return i;
                }
            }
            finally
            {
                IsDisposed = true;
            }
        }
    }
}
