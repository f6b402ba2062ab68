using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

/// <summary>Rows without an end do not heap up. It measures the whole process, so it runs alone.</summary>
public abstract class ChangeMemorySpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_million_rows_stream_through_an_upsert_in_the_memory_of_a_few_chunks_and_the_keys()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(Device.Table, Stop);
        await Engine.UpsertAsync(Enumerable.Range(0, 30_000).Select(i => new Device(-1, $"n{i}", i, null, null)), options: new() { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop);
        await Database.ExecuteAsync("DELETE FROM devices");
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);

        async IAsyncEnumerable<Device> RowsAsync()
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                if (i % 100_000 == 99_999)
                {
                    await Task.Yield();
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                }
                yield return new Device(i / 1_000, $"n{i % 1_000:D4}", i, null, null);
            }
        }
        var result = await Engine.UpsertAsync(RowsAsync(), options: new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(20_000) }, cancellationToken: Stop);
        Assert.Equal((1_000_000, 50), (result.Inserted, result.Commits));
        Assert.Equal(1_000_000, await Database.CountAsync("devices"));
        // 32 bytes a key, by which doubles are found across the whole call, and what is on its way; the rows alone would be more than 100 MB.
        Assert.InRange(most, 1, 32_000_000 + 16_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_of_a_megabyte_are_held_a_few_at_a_time(bool upserts)
    {
        const int Count = 120;
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(Device.Table, Stop);
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);

        IEnumerable<Device> Rows()
        {
            for (var i = 0; i < Count; i++)
            {
                if (i % 8 == 7)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                yield return new Device(i, "long", 1, null, new string((char)('a' + i % 26), 1_000_000));
            }
        }
        var result = upserts
            ? await Engine.UpsertAsync(Rows(), cancellationToken: Stop)
            : await Engine.InsertAsync(Rows(), cancellationToken: Stop);

        Assert.Equal(Count, result.Inserted);
        var stored = Assert.Single(await Database.QueryAsync("SELECT count(*), sum(length(note)) FROM devices"));
        Assert.Equal([Count, Count * 1_000_000L], stored.Select(value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)));
        // Two chunks of 8 MiB, the one that is written and the next, and their buffers; the rows together take 240 MB.
        Assert.InRange(most, 1, 48L << 20);
    }
}
