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
        var least = await Allocations.LeastAsync(() => AllocatedAsync(options), Count * 12);

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

    [Fact]
    public async Task Related_rows_are_held_for_a_batch_or_two()
    {
        const int Parents = 40_000;
        await Engine.CreateTableAsync(Held.Table, TestContext.Current.CancellationToken);
        await Engine.CreateTableAsync(HeldPart.Table, TestContext.Current.CancellationToken);
        await Database.ExecuteAsync("CREATE INDEX held_parts_of ON held_parts(held_id)");
        await Engine.InsertAsync(Enumerable.Range(1, Parents).Select(i => new Held { Id = i }), cancellationToken: TestContext.Current.CancellationToken);
        await Engine.InsertAsync(Enumerable.Range(0, Parents * 4).Select(i => new HeldPart { Id = i, HeldId = 1 + i / 4, Text = new string('x', 100) }), cancellationToken: TestContext.Current.CancellationToken);
        var (h, before, most, read) = (Held.Table, GC.GetTotalMemory(forceFullCollection: true), 0L, 0);

        await foreach (var batch in Engine.StreamAsync<Held>(Select(h).From(h).Include(h.Parts), new() { YieldPer = 500 }, TestContext.Current.CancellationToken).Batches())
        {
            read += batch.Sum(row => row.Parts.Count);
            if (batch[0].Id % 5_000 == 1)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Parents * 4, read);
        Assert.True(most < 6 << 20, $"{most:N0} bytes were held on the way, of 40 MB of related rows.");
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
        await foreach (var batch in Engine.StreamAsync<string>(text, new() { Mode = mode, YieldPer = 1_000 }, TestContext.Current.CancellationToken).Batches())
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
