using Sluice.Specification.Changes;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests;

/// <summary>What triggers and constraints leave out or roll back.</summary>
public sealed class LeftOutTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Device.DeviceTable s_d = Device.Table;

    Task CreateAsync(string rest) => database.ExecuteAsync(
        $"DROP TABLE IF EXISTS devices; CREATE TABLE devices (site INTEGER, name TEXT, version INTEGER NOT NULL, value REAL, note TEXT, PRIMARY KEY (site, name)); {rest}");

    static Device[] Rows(int count, int bad) => [.. Enumerable.Range(0, count).Select(i => new Device(i, "a", i == bad ? -1 : i, null, null))];

    [Theory]
    [InlineData(7, 10)]
    [InlineData(12, 30)]
    [InlineData(33, 35)]
    public async Task A_trigger_that_rolls_back_leaves_nothing_of_the_load(int bad, int count)
    {
        await CreateAsync("CREATE TRIGGER g BEFORE INSERT ON devices WHEN NEW.version < 0 BEGIN SELECT RAISE(ROLLBACK, 'bad'); END");
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => database.Engine.InsertAsync(Rows(count, bad), cancellationToken: Stop));
        Assert.Equal(bad + 1, refused.RowNumber);
        Assert.Equal(0, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_constraint_that_rolls_back_leaves_nothing_of_the_load_nor_of_the_transaction()
    {
        await CreateAsync("DROP TABLE devices; CREATE TABLE devices (site INTEGER, name TEXT, version INTEGER UNIQUE ON CONFLICT ROLLBACK, value REAL, note TEXT)");
        await using (var transaction = await database.Engine.BeginAsync(cancellationToken: Stop))
        {
            await transaction.InsertAsync([new Device(100, "first", -1, null, null)], cancellationToken: Stop);
            await Assert.ThrowsAnyAsync<BulkException>(() => transaction.InsertAsync(Rows(30, 17), cancellationToken: Stop));
        }
        Assert.Equal(0, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_row_that_a_trigger_leaves_out_is_skipped()
    {
        await CreateAsync("CREATE TRIGGER g BEFORE INSERT ON devices WHEN NEW.version < 0 BEGIN SELECT RAISE(IGNORE); END");
        var result = await database.Engine.UpsertAsync(Rows(3, 1), cancellationToken: Stop);
        Assert.Equal((2, 0, 0, 1), (result.Inserted, result.Updated, result.Unchanged, result.Skipped));
        Assert.Equal(2, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task Syncs_side_by_side_in_a_transaction_remove_their_own_only()
    {
        await CreateAsync("INSERT INTO devices VALUES (1, 'gone', 0, NULL, NULL), (2, 'gone', 0, NULL, NULL)");
        var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(10) };
        Device[][] rows = [.. new[] { 1, 2 }.Select(site => Enumerable.Range(0, 100).Select(i => new Device(site, $"d{i}", i, null, null)).ToArray())];
        await using (var transaction = await database.Engine.BeginAsync(cancellationToken: Stop))
        {
            await transaction.ExecuteAsync(Text($"CREATE TEMP TABLE sluice_rows AS SELECT 7 AS mine"), Stop);
            var results = await Task.WhenAll(
                transaction.SyncAsync(rows[0], s_d.Site == 1L, options: options, cancellationToken: Stop),
                transaction.SyncAsync(rows[1], s_d.Site == 2L, options: options, cancellationToken: Stop));
            Assert.All(results, result => Assert.Equal((100, 1), (result.Inserted, result.Removed)));
            Assert.Equal(7, await transaction.ScalarAsync<long>(Text($"SELECT mine FROM temp.sluice_rows"), Stop));
            await transaction.ExecuteAsync(Text($"DROP TABLE temp.sluice_rows"), Stop);
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal(200, await database.CountAsync("devices"));
        Assert.Equal(0, await database.CountAsync("devices WHERE name = 'gone'"));
    }
}
