using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Sluice.Rows;
using Sluice.Specification.Changes;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests;

/// <summary>Calls of few rows, which go in a transaction of their own that the connection keeps ready.</summary>
public sealed class SmallCallTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Device.DeviceTable s_d = Device.Table;

    async Task CreateAsync(string options = "") => await database.ExecuteAsync(
        $"DROP TABLE IF EXISTS devices; CREATE TABLE devices (site INTEGER, name TEXT, version INTEGER NOT NULL, value REAL, note TEXT, PRIMARY KEY (site, name)) {options}");

    [Theory]
    [InlineData("")]
    [InlineData("WITHOUT ROWID")]
    public async Task Verbs_in_turn_on_one_connection_do_what_each_says(string options)
    {
        await CreateAsync(options);
        for (var round = 0; round < 30; round++)
        {
            Device[] rows = [new(1, "a", round, 1.5, null), new(2, $"b{round}", round, null, "n")];
            var upserted = await database.Engine.UpsertAsync(rows, cancellationToken: Stop);
            Assert.Equal((round == 0 ? 2 : 1, round == 0 ? 0 : 1), (upserted.Inserted, upserted.Updated));
            var updated = await database.Engine.UpdateAsync([new Device(1, "a", 100 + round, 2.5, "x"), new Device(9, "none", 0, null, null)], cancellationToken: Stop);
            Assert.Equal((1, 1), (updated.Updated, updated.Skipped));
            var deleted = await database.Engine.DeleteAsync([new Device(2, $"b{round}", 0, null, null)], cancellationToken: Stop);
            Assert.Equal(1, deleted.Deleted);
            Assert.Equal(100 + round, await database.ScalarAsync<long>("SELECT version FROM devices WHERE site = 1"));
            Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM devices"));
        }
    }

    [Fact]
    public async Task A_refused_row_is_named_and_the_next_call_goes_through()
    {
        await CreateAsync();
        await database.ExecuteAsync("CREATE UNIQUE INDEX one_note ON devices (note)");
        await database.Engine.UpsertAsync([new Device(1, "a", 1, null, "taken")], cancellationToken: Stop);
        for (var round = 0; round < 3; round++)
        {
            var refused = await Assert.ThrowsAsync<BulkRowException>(() =>
                database.Engine.UpsertAsync([new Device(2, "b", 1, null, "free"), new Device(3, "c", 1, null, "taken")], cancellationToken: Stop));
            Assert.Equal(2, refused.RowNumber);
            Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM devices"));
        }
        Assert.Equal(1, (await database.Engine.UpsertAsync([new Device(2, "b", 1, null, "free")], cancellationToken: Stop)).Inserted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(23)]
    public async Task Inserts_in_turn_with_upserts_on_one_connection_store_every_row(int rows)
    {
        await CreateAsync();
        for (var round = 0; round < 10; round++)
        {
            var inserted = await database.Engine.InsertAsync(Enumerable.Range(0, rows).Select(i => new Device(round, $"n{i}", i, 1.5, null)).ToArray(), cancellationToken: Stop);
            Assert.Equal((rows, 1, "prepared rows"), (inserted.Inserted, inserted.Commits, inserted.Plan.Path.Name));
            if (round % 3 == 0)
                Assert.Equal(1, (await database.Engine.UpsertAsync([new Device(round, "n0", 100, 1.5, null)], cancellationToken: Stop)).Updated);
            var refused = await Assert.ThrowsAsync<BulkRowException>(() =>
                database.Engine.InsertAsync([new Device(round, "free", 1, null, null), new Device(round, "n0", 1, null, null)],
                    cancellationToken: Stop));
            Assert.Equal((2, 0), (refused.RowNumber, refused.RowsKept));
        }
        Assert.Equal(
            $"{10 * rows}|{(10 * rows * (rows - 1) / 2) + 400}",
            (await database.RunClientAsync("SELECT count(*) || '|' || sum(version) FROM devices")).Trim());
    }

    // Says which thread its values are written on.
    sealed class Watched
    {
        readonly ConcurrentQueue<string?> _readers = [];

        [Key]
        public long Site => 1;

        [Key]
        public string Name
        {
            get
            {
                _readers.Enqueue(Thread.CurrentThread.Name);
                return "watched";
            }
        }

        public int Version { get; init; }

        internal bool WasReadBy(string thread) => _readers.Any(r => r?.StartsWith(thread, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task One_row_is_written_by_the_pool_s_thread_that_brings_it_and_by_no_other()
    {
        await CreateAsync();
        await Task.Run(() => database.Engine.UpsertAsync(RowSource.From([new Watched { Version = 1 }]), table: s_d, cancellationToken: Stop), Stop);
        var ofPool = new Watched { Version = 2 };
        await Task.Run(() => database.Engine.UpsertAsync(RowSource.From([ofPool]), table: s_d, cancellationToken: Stop), Stop);
        Assert.False(ofPool.WasReadBy("Sluice"));

        // As a user interface's thread, which a slow disk would block.
        var ofOther = new Watched { Version = 3 };
        Task? writing = null;
        var thread = new Thread(() => writing = database.Engine.UpsertAsync(RowSource.From([ofOther]), table: s_d, cancellationToken: Stop));
        thread.Start();
        thread.Join();
        await writing!;
        Assert.True(ofOther.WasReadBy("Sluice"));
        Assert.Equal(3, await database.ScalarAsync<long>("SELECT version FROM devices WHERE name = 'watched'"));
    }

    [Fact]
    public async Task Small_calls_of_many_threads_take_turns_with_streams()
    {
        await CreateAsync();
        await database.Engine.InsertAsync(Enumerable.Range(0, 3_000).Select(i => new Device(0, $"old{i}", i, null, null)), cancellationToken: Stop);
        var writing = Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, async (i, token) =>
            await database.Engine.UpsertAsync([new Device(1, $"n{i % 100}", i, null, null)], cancellationToken: token));
        long read = 0;
        for (var round = 0; round < 10; round++)
        {
            await foreach (var row in database.Engine.StreamAsync<Device>(Select(s_d).From(s_d).Where(s_d.Site == 0), cancellationToken: Stop))
                read += row.Version;
        }
        await writing;

        Assert.Equal(10 * (2_999L * 3_000 / 2), read);
        Assert.Equal(100, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE site = 1"));
        Assert.Equal(100, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE site = 1 AND version % 100 = CAST(substr(name, 2) AS INTEGER)"));
    }

    [Fact]
    public async Task Another_program_s_lock_is_waited_for()
    {
        await CreateAsync();
        await database.Engine.UpsertAsync([new Device(1, "a", 1, null, null)], cancellationToken: Stop);
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database.FilePath};Pooling=False");
        await other.OpenAsync(Stop);
        await using var transaction = other.BeginTransaction();
        var waiting = database.Engine.UpsertAsync([new Device(1, "a", 2, null, null)], cancellationToken: Stop);
        await Task.Delay(50, Stop);
        Assert.False(waiting.IsCompleted);
        await transaction.CommitAsync(Stop);
        Assert.Equal(1, (await waiting).Updated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_that_was_begun_after_attaching_is_not_ended(bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await CreateAsync();
        await database.ExecuteAsync("DROP TABLE IF EXISTS others; CREATE TABLE others (n INTEGER)");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database.FilePath};Pooling=False");
        await connection.OpenAsync(Stop);
        var attached = SqliteEngine.Attach(connection);
        await attached.UpsertAsync([new Device(1, "a", 1, null, null)], cancellationToken: Stop);
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        (insert.CommandText, insert.Transaction) = ("INSERT INTO others VALUES (1)", transaction);
        await insert.ExecuteNonQueryAsync(Stop);
        for (var round = 0; round < 2; round++)
        {
            var refused = await Assert.ThrowsAsync<BulkPlanException>(() =>
                attached.UpsertAsync([new Device(2, "b", 1, null, null)], options: new() { Commit = commit }, cancellationToken: Stop));
            Assert.Equal("SLU0319", refused.Code);
        }
        await SqliteEngine.Attach(connection, transaction).UpsertAsync([new Device(3, "c", 1, null, null)], cancellationToken: Stop);
        await transaction.CommitAsync(Stop);
        Assert.Equal(1, await database.CountAsync("others"));
        Assert.Equal("a,c", await database.ScalarAsync<string>("SELECT group_concat(name) FROM devices"));
    }
}
