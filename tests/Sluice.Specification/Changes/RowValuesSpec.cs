using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Row(column) is the value of the row that came, wherever in a statement for rows it stands.</summary>
public abstract class RowValuesSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_d, Stop);
    }

    // The even ones are there already, with version 1.
    async Task<Device[]> ThereAsync(int count)
    {
        await Database.ExecuteAsync("DELETE FROM devices");
        await Engine.InsertAsync(Enumerable.Range(0, count).Where(i => i % 2 == 0).Select(i => new Device(i, "d", 1, 0.5, "old")), cancellationToken: Stop);
        return [.. Enumerable.Range(0, count).Select(i => new Device(i, "d", 10 + i, 8.5, "new"))];
    }

    Task<long> WrongAsync(string condition) => Database.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE NOT coalesce({condition}, false)");

    protected virtual IReadOnlyList<BulkOptions> Ways => [BulkOptions.Default];

    [Theory]
    [InlineData(2)]
    [InlineData(400)]
    [InlineData(4_000)]
    public async Task In_the_update_of_an_upsert(int count)
    {
        foreach (var options in Ways)
        {
            var rows = await ThereAsync(count);
            var result = await Engine.UpsertAsync(rows, on: on => on.Set(s_d.Version, Row(s_d.Version)).AlsoSet(s_d.Note, Row(s_d.Name)),
                options: options, cancellationToken: Stop);
            Assert.Equal((count / 2, count / 2), (result.Inserted, result.Updated));
            Assert.Equal(0, await WrongAsync("version = 10 + site AND note = CASE WHEN site % 2 = 0 THEN 'd' ELSE 'new' END"));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(400)]
    [InlineData(4_000)]
    public async Task In_the_condition_of_an_upsert(int count)
    {
        foreach (var options in Ways)
        {
            var rows = await ThereAsync(count);
            var newer = await Engine.UpsertAsync(rows, on: on => on.Where(Row(s_d.Version) > s_d.Version), options: options,
                cancellationToken: Stop);
            Assert.Equal((count / 2, count / 2, 0), (newer.Inserted, newer.Updated, newer.Unchanged));
            var again = await Engine.UpsertAsync(rows, on: on => on.Where(Row(s_d.Version) > s_d.Version), options: options,
                cancellationToken: Stop);
            Assert.Equal((0, 0, count), (again.Inserted, again.Updated, again.Unchanged));
            Assert.Equal(0, await WrongAsync("version = 10 + site AND note = 'new'"));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(400)]
    [InlineData(4_000)]
    public async Task In_a_statement_of_the_callers(int count)
    {
        var statement = InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name).DoUpdate(set => set.Set(s_d.Version, Row(s_d.Version) + s_d.Version).Set(s_d.Note, "set"));
        foreach (var options in Ways)
        {
            var result = await Engine.ExecuteManyAsync(statement, await ThereAsync(count), options, Stop);
            Assert.Equal((count / 2, count / 2), (result.Inserted, result.Updated));
            Assert.Equal(0, await WrongAsync("version = 10 + site + CASE WHEN site % 2 = 0 THEN 1 ELSE 0 END"));
        }
    }

    [Fact]
    public async Task In_rows_that_come_back()
    {
        var rows = await ThereAsync(60);
        var place = 0;
        await foreach (var (row, version, action) in Engine.UpsertReturningAsync(rows, s_d.Version, on: on => on.Set(s_d.Version, Row(s_d.Version)), cancellationToken: Stop))
        {
            Assert.Equal((row.Version, place % 2 == 0 ? RowAction.Updated : RowAction.Inserted), (version, action));
            place++;
        }
        Assert.Equal(60, place);
    }

    [Fact]
    public async Task In_a_sync()
    {
        var rows = await ThereAsync(60);
        var result = await Engine.SyncAsync(rows, s_d.Site < 1_000, on: on => on.Set(s_d.Version, Row(s_d.Version)), cancellationToken: Stop);
        Assert.Equal((30, 30, 0), (result.Inserted, result.Updated, result.Removed));
        Assert.Equal(0, await WrongAsync("version = 10 + site"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4_000)]
    public async Task In_a_query_of_its_own_that_the_statement_reads(int count)
    {
        var rows = await ThereAsync(count);
        var given = Select((Row(s_d.Version) * 2).As("twice")).AsCte("given");
        var twice = Select(given["twice"]).From(given).AsScalar<int>();
        var insert = InsertInto(s_d).Columns(s_d.Site, s_d.Name, s_d.Version).Values(Row(s_d.Site), Row(s_d.Name), twice)
            .OnConflict(s_d.Site, s_d.Name).DoNothing();
        var inserted = await Engine.ExecuteManyAsync(insert, rows, cancellationToken: Stop);
        Assert.Equal(count / 2, inserted.Inserted);
        Assert.Equal(0, await WrongAsync("version = CASE WHEN site % 2 = 0 THEN 1 ELSE 2 * (10 + site) END"));

        var update = Update(s_d).Set(s_d.Version, given["twice"]).From(given).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name));
        Assert.Equal(count, (await Engine.ExecuteManyAsync(update, rows, cancellationToken: Stop)).Updated);
        Assert.Equal(0, await WrongAsync("version = 2 * (10 + site)"));

        var least = Select((Row(s_d.Version) + 5).As("least")).As("bound");
        var delete = DeleteFrom(s_d).Using(least).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name) & s_d.Version > least["least"]);
        Assert.Equal(count, (await Engine.ExecuteManyAsync(delete, rows, cancellationToken: Stop)).Deleted);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task In_a_query_whose_rows_are_inserted()
    {
        var rows = await ThereAsync(30);
        var absent = !Exists(Select(s_d.As("there").Site).From(s_d.As("there")).Where(s_d.As("there").Site == Row(s_d.Site)));
        var insert = InsertInto(s_d).Columns(s_d.Site, s_d.Name, s_d.Version).Select(Select(Row(s_d.Site), Row(s_d.Name), Row(s_d.Version)).Where(absent));
        var result = await Engine.ExecuteManyAsync(insert, rows, cancellationToken: Stop);
        Assert.Equal((15, 15), (result.Inserted, result.Skipped));
        Assert.Equal(0, await WrongAsync("version = CASE WHEN site % 2 = 0 THEN 1 ELSE 10 + site END"));
    }

    [Fact]
    public async Task A_statement_that_returns_something_is_counted_as_one_that_does_not()
    {
        var upsert = InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name).DoUpdate(set => set.Set(s_d.Version, Row(s_d.Version))).Returning(s_d.Version, s_d.Note);
        foreach (var count in new[] { 2, 2, 400, 4_000 })
        {
            var result = await Engine.ExecuteManyAsync(upsert, await ThereAsync(count), cancellationToken: Stop);
            Assert.Equal((count / 2, count / 2), (result.Inserted, result.Updated));
            Assert.Equal(0, await WrongAsync("version = 10 + site"));
        }
    }

    [Fact]
    public async Task A_statement_that_inserts_several_rows_for_each_is_refused()
    {
        var statement = InsertInto(s_d).Columns(s_d.Site, s_d.Name, s_d.Version).Values(Row(s_d.Site), Row(s_d.Name), 1).Values(Row(s_d.Site), "other", 1);
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.ExecuteManyAsync(statement, RowSource.From(["site", "name"], [[1L, "a"]]), cancellationToken: Stop));
        Assert.Equal("SLU0179", refused.Code);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }
}
