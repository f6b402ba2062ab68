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
}
