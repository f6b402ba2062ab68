using System.Globalization;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>The memory of a pipeline, counted over all threads: run it alone.</summary>
public abstract class PipelineMemorySpec(TestDatabase database) : DatabaseSpec(database)
{
    // The long form is for a night: ./test --soak.
    static int Count { get; } = Environment.GetEnvironmentVariable("SLUICE_SOAK") == "1" ? 10_000_000 : 1_000_000;

    const int Read = 200_000;

    static readonly DateTimeOffset s_at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static SqlText Numbers(int count) => Text($"SELECT CAST(n AS bigint) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c) s");

    /// <param name="upserts">Whether rows are upserted, for which a load remembers the keys that it met: 24 bytes each.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_million_rows_are_read_made_and_written_in_flat_memory(bool upserts)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var made = Engine.StreamAsync<long>(Numbers(Count), cancellationToken: Stop).TransformAsync(
            n =>
            {
                if (n % 100_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                return new MadeTick(n, n / 4.0, s_at, null);
            },
            degree: 2, cancellationToken: Stop);

        await (upserts ? Engine.UpsertAsync(made, cancellationToken: Stop) : Engine.InsertAsync(made, cancellationToken: Stop));

        var sum = await Database.QueryAsync("SELECT count(*), min(id), max(id), sum(score) FROM made_ticks");
        Assert.Equal([Count, 1, Count, (double)Count * (Count + 1) / 8], sum[0].Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)));
        var allowed = (8L << 20) + (upserts ? 24L * Count : 0);
        Assert.True(most < allowed, $"{most:N0} bytes were held on the way, where {allowed:N0} were allowed.");
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_consumer_that_is_slow_finds_no_rows_heaped_up(StreamMode mode)
    {
        await using var reader = await Engine.ExecuteReaderAsync(Numbers(Count / 2), new() { Mode = mode }, Stop);
        var (before, most, sum) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0L);
        for (var i = 1; await reader.ReadAsync(Stop); i++)
        {
            sum += reader.GetInt64(0);
            if (i % (Count / 20) != 0)
                continue;
            // As long as it takes a reader that runs ahead to heap them up.
            await Task.Delay(50, Stop);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Count / 2 * (Count / 2 + 1L) / 2, sum);
        Assert.True(most < 2 << 20, $"{most:N0} bytes were held on the way.");
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task A_data_reader_allocates_next_to_nothing_for_numbers(StreamMode mode)
    {
        var least = await Allocations.LeastAsync(() => AllocatedAsync(mode), Read * 12);

        Assert.True(least < Read * 12, $"{least:N0} bytes were allocated for {Read:N0} rows.");
    }

    async Task<long> AllocatedAsync(StreamMode mode)
    {
        var query = Numbers(Read).Returns(new Column<long>("n", SqlType.BigInt));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using (var reader = await Engine.ExecuteReaderAsync(query, new() { Mode = mode }, Stop))
        {
            var sum = 0L;
            while (await reader.ReadAsync(Stop))
                sum += reader.GetInt64(0);
            Assert.Equal(Read * (Read + 1L) / 2, sum);
        }
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    [Theory]
    [InlineData(StreamMode.Cursor)]
    [InlineData(StreamMode.Direct)]
    public async Task Struct_rows_of_a_row_type_allocate_next_to_nothing(StreamMode mode)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        await Engine.InsertAsync(Enumerable.Range(1, Read).Select(n => new MadeTick(n, n / 4.0, s_at, n % 2 == 0 ? null : Guid.Empty)), cancellationToken: Stop);

        var least = await Allocations.LeastAsync(() => StructsAsync(mode), Read * 12);

        Assert.True(least < Read * 12, $"{least:N0} bytes were allocated for {Read:N0} rows.");
    }

    async Task<long> StructsAsync(StreamMode mode)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var sum = 0.0;
        await foreach (var row in Engine.StreamAsync<MadeTick>(Select(MadeTick.Table).From(MadeTick.Table), new() { Mode = mode }, Stop))
            sum += row.Score;
        Assert.Equal(Read * (Read + 1.0) / 8, sum);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
