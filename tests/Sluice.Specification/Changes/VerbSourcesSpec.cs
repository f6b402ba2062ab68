using System.Threading.Channels;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>
/// Every verb does the same with rows from every kind of source, in their own table and in another one of the same columns.
/// </summary>
public abstract class VerbSourcesSpec(TestDatabase database) : DatabaseSpec(database)
{
    const string Before = "1|a|1||x\n1|b|2||\n2|a|3||y";

    static readonly Device.DeviceTable s_d = Device.Table;

    static readonly Device[] s_there = [new(1, "a", 1, null, "x"), new(1, "b", 2, null, null), new(2, "a", 3, null, "y")];

    static readonly Device[] s_given = [new(1, "b", 8, null, "given"), new(3, "c", 9, null, "given")];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["list", "asynchronous", "channel", "source"];

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS archived");
        await Engine.CreateTableAsync(s_d, Stop);
        await Engine.CreateTableAsync(new Table("archived", null, s_d.Columns, [0, 1]), Stop);
        await Engine.InsertAsync(s_there, cancellationToken: Stop);
    }

    async Task<string> RowsOfAsync(string table) =>
        (await Database.RunClientAsync($"SELECT site, name, version, value, note FROM {table} ORDER BY site, name;")).Trim().ReplaceLineEndings("\n");

    static async IAsyncEnumerable<Device> Slowly()
    {
        foreach (var row in s_given)
        {
            await Task.Yield();
            yield return row;
        }
    }

    static ChannelReader<Device> Completed()
    {
        var channel = Channel.CreateUnbounded<Device>();
        foreach (var row in s_given)
            channel.Writer.TryWrite(row);
        channel.Writer.Complete();
        return channel.Reader;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upsert_takes_rows_from_any_source(string kind)
    {
        var result = await (kind switch
        {
            "list" => Engine.UpsertAsync(s_given, cancellationToken: Stop),
            "asynchronous" => Engine.UpsertAsync(Slowly(), cancellationToken: Stop),
            "channel" => Engine.UpsertAsync(Completed(), cancellationToken: Stop),
            _ => Engine.UpsertAsync(RowSource.From(s_given), cancellationToken: Stop),
        });
        Assert.Equal((2, 1, 1), (result.Read, result.Inserted, result.Updated));
        Assert.Equal("1|a|1||x\n1|b|8||given\n2|a|3||y\n3|c|9||given", await RowsOfAsync("devices"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_update_takes_rows_from_any_source(string kind)
    {
        var result = await (kind switch
        {
            "list" => Engine.UpdateAsync(s_given, on: on => on.Set(s_d.Note), cancellationToken: Stop),
            "asynchronous" => Engine.UpdateAsync(Slowly(), on: on => on.Set(s_d.Note), cancellationToken: Stop),
            "channel" => Engine.UpdateAsync(Completed(), on: on => on.Set(s_d.Note), cancellationToken: Stop),
            _ => Engine.UpdateAsync(RowSource.From(s_given), on: on => on.Set(s_d.Note), cancellationToken: Stop),
        });
        Assert.Equal((2, 1, 1), (result.Read, result.Updated, result.Skipped));
        Assert.Equal("1|a|1||x\n1|b|2||given\n2|a|3||y", await RowsOfAsync("devices"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_delete_takes_rows_from_any_source(string kind)
    {
        var result = await (kind switch
        {
            "list" => Engine.DeleteAsync(s_given, cancellationToken: Stop),
            "asynchronous" => Engine.DeleteAsync(Slowly(), cancellationToken: Stop),
            "channel" => Engine.DeleteAsync(Completed(), cancellationToken: Stop),
            _ => Engine.DeleteAsync(RowSource.From(s_given), cancellationToken: Stop),
        });
        Assert.Equal((2, 1, 1), (result.Read, result.Deleted, result.Skipped));
        Assert.Equal("1|a|1||x\n2|a|3||y", await RowsOfAsync("devices"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sync_takes_rows_from_any_source(string kind)
    {
        var result = await (kind switch
        {
            "list" => Engine.SyncAsync(s_given, scope: s_d.Site != 2, cancellationToken: Stop),
            "asynchronous" => Engine.SyncAsync(Slowly(), scope: s_d.Site != 2, cancellationToken: Stop),
            "channel" => Engine.SyncAsync(Completed(), scope: s_d.Site != 2, cancellationToken: Stop),
            _ => Engine.SyncAsync(RowSource.From(s_given), scope: s_d.Site != 2, cancellationToken: Stop),
        });
        Assert.Equal((2, 1, 1, 1), (result.Read, result.Inserted, result.Updated, result.Removed));
        Assert.Equal("1|b|8||given\n2|a|3||y\n3|c|9||given", await RowsOfAsync("devices"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_of_any_source_come_back(string kind)
    {
        var returned = kind switch
        {
            "list" => Engine.UpsertReturningAsync(s_given, s_d.Version, cancellationToken: Stop),
            "asynchronous" => Engine.UpsertReturningAsync(Slowly(), s_d.Version, cancellationToken: Stop),
            "channel" => Engine.UpsertReturningAsync(Completed(), s_d.Version, cancellationToken: Stop),
            _ => Engine.UpsertReturningAsync(RowSource.From(s_given), s_d.Version, cancellationToken: Stop),
        };
        var seen = new List<(string, int, RowAction)>();
        await foreach (var (row, version, action) in returned)
            seen.Add((row.Name, version, action));
        Assert.Equal([("b", 8, RowAction.Updated), ("c", 9, RowAction.Inserted)], seen);
        Assert.Equal("1|a|1||x\n1|b|8||given\n2|a|3||y\n3|c|9||given", await RowsOfAsync("devices"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_statement_runs_for_the_rows_of_any_source(string kind)
    {
        var statement = Update(s_d).Set(s_d.Version,
            s_d.Version + Row(s_d.Version)).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name));
        var result = await (kind switch
        {
            "list" => Engine.ExecuteManyAsync(statement, s_given, cancellationToken: Stop),
            "asynchronous" => Engine.ExecuteManyAsync(statement, Slowly(), cancellationToken: Stop),
            "channel" => Engine.ExecuteManyAsync(statement, Completed(), cancellationToken: Stop),
            _ => Engine.ExecuteManyAsync(statement, RowSource.From(s_given), cancellationToken: Stop),
        });
        Assert.Equal((2, 1), (result.Read, result.Updated));
        Assert.Equal("1|a|1||x\n1|b|10||\n2|a|3||y", await RowsOfAsync("devices"));
    }

    [Fact]
    public async Task Typed_rows_go_into_another_table_of_the_same_columns()
    {
        var archived = await Engine.ReadTableAsync("archived", Stop);

        var inserted = await Engine.InsertAsync(s_there, table: archived, cancellationToken: Stop);
        var upserted = await Engine.UpsertAsync(s_given, table: archived, cancellationToken: Stop);
        var updated = await Engine.UpdateAsync([s_there[0] with { Note = "new" }], table: archived, cancellationToken: Stop);
        var deleted = await Engine.DeleteAsync([s_there[2]], table: archived, cancellationToken: Stop);
        Assert.Equal((3, 1, 1, 1, 1), (inserted.Inserted, upserted.Inserted, upserted.Updated, updated.Updated, deleted.Deleted));
        Assert.Equal("1|a|1||new\n1|b|8||given\n3|c|9||given", await RowsOfAsync("archived"));

        var synced = await Engine.SyncAsync(s_given, scope: archived.Column<long>("site") == 1, table: archived, cancellationToken: Stop);
        Assert.Equal((2, 1), (synced.Updated, synced.Removed));
        Assert.Equal("1|b|8||given\n3|c|9||given", await RowsOfAsync("archived"));
        Assert.Equal(Before, await RowsOfAsync("devices"));
    }

    [Fact]
    public async Task Rows_that_come_back_may_have_gone_into_another_table()
    {
        var archived = await Engine.ReadTableAsync("archived", Stop);
        var seen = new List<(string, int, RowAction)>();
        await foreach (var (row, version, action) in Engine.InsertReturningAsync(s_there, archived.Column<int>("version"), archived, cancellationToken: Stop))
            seen.Add((row.Name, version, action));
        Assert.Equal([("a", 1, RowAction.Inserted), ("b", 2, RowAction.Inserted), ("a", 3, RowAction.Inserted)], seen);
        Assert.Equal(Before, await RowsOfAsync("archived"));

        seen.Clear();
        await foreach (var (row, gone, action) in Engine.DeleteReturningAsync<Device,
            Device>(s_given, archived.Columns, archived, cancellationToken: Stop))
            seen.Add((row.Name, gone?.Version ?? 0, action));
        Assert.Equal([("b", 2, RowAction.Deleted), ("c", 0, RowAction.Skipped)], seen);
        Assert.Equal("1|a|1||x\n2|a|3||y", await RowsOfAsync("archived"));
        Assert.Equal(Before, await RowsOfAsync("devices"));
    }

    [Fact]
    public async Task A_statement_is_explained_before_there_are_rows_and_nothing_is_sent()
    {
        var statement = InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name).DoUpdate(set => set.Set(s_d.Note, Excluded(s_d.Note)));

        var plan = await Engine.ExplainAsync(statement, cancellationToken: Stop);

        Assert.Contains("devices", plan.ToString(), StringComparison.Ordinal);
        var withRows = await Engine.ExplainAsync(statement, s_given, cancellationToken: Stop);
        Assert.Equal(withRows.Path, plan.Path);
        Assert.Equal(withRows.Statements, plan.Statements);
        Assert.Equal(Before, await RowsOfAsync("devices"));
    }
}
