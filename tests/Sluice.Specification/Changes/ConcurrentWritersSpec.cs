using Sluice.Specification.Databases;
using Sluice.Specification.Reading;
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
                    await Engine.UpsertAsync(mine, on: on => on.Set(s_d.Version, s_d.Version + 1),
                        options: new() { ChunkSize = ChunkSize.Fixed(100) }, cancellationToken: Stop);
                else
                    await Engine.UpdateAsync(mine, options: new() { ChunkSize = ChunkSize.Fixed(100) },
                        on: on => on.Set(s_d.Version, s_d.Version + 1), cancellationToken: Stop);
            }
        }
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(4, 300)]
    public async Task Numbers_in_opposite_orders_never_deadlock(int writers, int keys)
    {
        const int Rounds = 200;
        await Database.ExecuteAsync("DROP TABLE IF EXISTS made_ticks");
        await Engine.CreateTableAsync(MadeTick.Table, Stop);
        MadeTick[] rows = [.. Enumerable.Range(1, keys).Select(i => new MadeTick(i, 0, DateTimeOffset.UnixEpoch, null))];
        await Engine.InsertAsync(rows, cancellationToken: Stop);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(WriteAsync));

        Assert.Equal(keys, await Database.CountAsync("made_ticks"));
        // Each writer ends with its last round, so whoever comes last leaves all rows with it.
        Assert.Equal(keys, await Database.ScalarAsync<long>($"SELECT count(*) FROM made_ticks WHERE score = {Rounds}"));

        async Task WriteAsync(int writer)
        {
            var random = new Random(writer);
            for (var round = 1; round <= Rounds; round++)
            {
                MadeTick[] mine = [.. rows.Select(r => r with { Score = round })];
                if (writer % 2 == 1)
                    Array.Reverse(mine);
                else
                    random.Shuffle(mine);
                var result = (round + writer) % 3 == 0
                    ? await Engine.UpsertAsync(mine, cancellationToken: Stop)
                    : await Engine.UpdateAsync(mine, cancellationToken: Stop);
                Assert.Equal(keys, result.Updated);
            }
        }
    }
}
