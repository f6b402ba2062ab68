using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Writers over the same keys in opposite orders wait for each other and never in a circle.</summary>
public abstract class ConcurrentWritersSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Opposite_orders_never_deadlock(int writers)
    {
        const int Rounds = 200;
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_d, Stop);
        Device[] rows = [.. Enumerable.Range(0, 60).Select(i => new Device(i % 6, $"k{i}", 0, 0, null))];
        await Engine.InsertAsync(rows, cancellationToken: Stop);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(WriteAsync));
        Assert.Equal(60, await Database.CountAsync("devices"));
        Assert.Equal(60, await Database.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE version = {Rounds * writers}"));

        async Task WriteAsync(int writer)
        {
            var random = new Random(writer);
            for (var round = 0; round < Rounds; round++)
            {
                Device[] mine = [.. rows];
                if (writer % 2 == 1)
                    Array.Reverse(mine);
                else
                    random.Shuffle(mine);
                // Half of the rounds by upsert and half by update, so that the two meet as well.
                if ((round + writer) % 2 == 0)
                    await Engine.UpsertAsync(mine, on => on.Set(s_d.Version, s_d.Version + 1), new() { ChunkSize = ChunkSize.Fixed(100) }, Stop);
                else
                    await Engine.UpdateAsync(mine, new() { ChunkSize = ChunkSize.Fixed(100) }, on => on.Set(s_d.Version, s_d.Version + 1), Stop);
            }
        }
    }
}
