using System.Diagnostics;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>What users of bulk libraries complain of about connections, shown not to happen here: each is as it was, whatever came between.</summary>
public abstract class ConnectionPainsSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    protected static readonly Device.DeviceTable D = Device.Table;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(D, Stop);
        await Engine.InsertAsync(Devices(100), cancellationToken: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected static Device[] Devices(int count, string? note = null) => [.. Enumerable.Range(0, count).Select(i => new Device(i % 5, $"n{i}", i, i / 4.0, note))];

    /// <summary>What a connection of the caller's holds beside its transaction: its state, temporary tables and settings.</summary>
    protected abstract Task<string> StateAsync();

    /// <summary>A connection of the caller's with a transaction open on it, as a database of Sluice's.</summary>
    protected abstract Task<Database> AttachAsync();

    /// <summary>Commits that transaction by the driver and closes the connection.</summary>
    protected abstract Task EndAsync();

    [Theory]
    [InlineData(20)]
    [InlineData(6_000)]
    public async Task A_callers_connection_is_as_it_was_after_success_error_and_cancellation(int count)
    {
        var attached = await AttachAsync();
        var before = await StateAsync();
        Func<CancellationToken, Device[], Task<BulkResult>>[] verbs =
        [
            (token, rows) => attached.UpsertAsync(rows, cancellationToken: token), (token, rows) => attached.UpdateAsync(rows, cancellationToken: token),
            (token, rows) => attached.SyncAsync(rows, D.Site == 4, cancellationToken: token), (token, rows) => attached.DeleteAsync(rows, cancellationToken: token),
            (token, rows) => attached.UpsertReturningAsync(rows, D.Version, cancellationToken: token).WriteBackAsync((_, _) => { }, token),
        ];
        foreach (var verb in verbs)
        {
            Assert.Equal(count, (await verb(Stop, Devices(count, "done"))).Read);
            Assert.Equal(before, await StateAsync());
            var twice = Devices(count, "twice");
            twice[^1] = twice[0];
            await Assert.ThrowsAsync<BulkRowException>(() => verb(Stop, twice));
            Assert.Equal(before, await StateAsync());
            using var source = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attached.UpsertAsync(Cancelling(source, count), cancellationToken: source.Token));
            Assert.Equal(before, await StateAsync());
        }
        Assert.Equal(0, await attached.ScalarAsync<long>(Select(Count()).From(D).Where(D.Note == "cancelled" | D.Note == "twice"), Stop));
        await EndAsync();
        Assert.Equal(count, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'done'"));
        Assert.Empty(await Database.OpenWorkAsync());
    }

    static async IAsyncEnumerable<Device> Cancelling(CancellationTokenSource source, int count)
    {
        foreach (var device in Devices(count, "cancelled"))
            yield return device;
        await source.CancelAsync();
        foreach (var device in Devices(count, "cancelled"))
            yield return device with { Site = 77 };
    }

    /// <summary>Locks what writers need, through the raw driver, until it is disposed.</summary>
    protected abstract Task<IAsyncDisposable> LockAsync();

    [Fact]
    public async Task Waiting_for_a_lock_holds_no_thread()
    {
        await using (var engine = Database.CreateEngine())
            await engine.UpsertAsync(Devices(3), cancellationToken: Stop);
        var held = await LockAsync();
        var threads = ThreadPool.ThreadCount;
        var clock = Stopwatch.StartNew();
        var waiting = Enumerable.Range(0, 60).Select(i => Engine.UpsertAsync(Devices(10, $"w{i}"), cancellationToken: Stop)).ToList();
        // The calls come back at once, and the pool's threads are free for others.
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5_000);
        await Task.Delay(400, Stop);
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => { }, Stop)));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1_000);
        Assert.InRange(ThreadPool.ThreadCount, 1, threads + 20);
        await held.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(10, result.Updated));
    }
}
