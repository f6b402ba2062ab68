using Sluice.Specification.Changes;

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
}
