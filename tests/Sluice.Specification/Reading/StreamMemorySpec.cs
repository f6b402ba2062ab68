using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>The memory of a stream, counted over all threads: run it alone.</summary>
public abstract class StreamMemorySpec(TestDatabase database) : DatabaseSpec(database)
{
    const int Count = 400_000;

    static SqlText Numbers(int count) => Text(
        $"SELECT CAST(n AS bigint), CAST(n AS double precision) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c) s");

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task Rows_of_numbers_allocate_next_to_nothing(StreamMode mode)
    {
        var options = new StreamOptions { Mode = mode };
        await AllocatedAsync(options);

        // What else the process allocates only ever adds.
        var least = Math.Min(await AllocatedAsync(options), await AllocatedAsync(options));

        Assert.True(least < Count * 12, $"{least:N0} bytes were allocated for {Count:N0} rows.");
    }

    async Task<long> AllocatedAsync(StreamOptions options)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        double sum = 0;
        await foreach (var (number, value) in Engine.StreamAsync<long, double>(Numbers(Count), options, TestContext.Current.CancellationToken))
            sum += value - number + 1;
        Assert.Equal(Count, sum);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_consumer_that_is_slow_finds_no_rows_heaped_up(StreamMode mode)
    {
        var text = Text($"SELECT CAST(n AS text) || 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000) SELECT n FROM c) s");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var batches = 0;
        await foreach (var batch in Engine.StreamAsync<string>(text, new() { Mode = mode }, TestContext.Current.CancellationToken).Batches())
        {
            if (++batches % 20 == 0)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(1_000, batches);
        Assert.True(most < 4 << 20, $"{most:N0} bytes were held on the way, of 200 MB of text.");
    }
}
