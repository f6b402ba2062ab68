using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>One row, the first row, and rows of several columns without a type of their own.</summary>
public abstract class FirstRowsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Tick.TickTable s_t = Tick.Table;

    static readonly Tick[] s_ticks =
    [
        new(1, 7, 0.5, DateTimeOffset.UnixEpoch, null), new(2, 7, 1.5, DateTimeOffset.UnixEpoch.AddDays(1),
            new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8])),
    ];

    static readonly Table s_short = new("short_rows", null, [new Column<long>("id", SqlType.BigInt)], []);

    static readonly Column<long> s_id = s_short.Column<long>("id");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A query of the numbers from 1 to 1,000 as 'id', which fails when its third row is asked for.</summary>
    protected abstract string ThirdRowFails { get; }

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS ticks");
        await Engine.CreateTableAsync(s_t, Stop);
        await Engine.InsertAsync(s_ticks, cancellationToken: Stop);
        await Database.ExecuteAsync("DROP VIEW IF EXISTS short_rows");
        await Database.ExecuteAsync("CREATE VIEW short_rows AS " + ThirdRowFails);
    }

    [Fact]
    public async Task A_single_row_or_none_is_read()
    {
        var one = Select(s_t).From(s_t);
        Assert.Equal(s_ticks[1], await Engine.QuerySingleOrDefaultAsync<Tick>(one.Where(s_t.Id == 2), Stop));
        Assert.Equal(default, await Engine.QuerySingleOrDefaultAsync<Tick>(one.Where(s_t.Id == 3), Stop));
        Assert.Null(await Engine.QuerySingleOrDefaultAsync<string>(Text($"SELECT 'a' AS a WHERE 1 = 0"), Stop));
        var refused = await Assert.ThrowsAsync<BulkException>(() => Engine.QuerySingleOrDefaultAsync<Tick>(one, Stop));
        Assert.Equal("SLU0620", refused.Code);
    }

    [Fact]
    public async Task The_first_row_or_none_is_read()
    {
        var byId = Select(s_t).From(s_t).OrderBy(s_t.Id.Desc());
        Assert.Equal(s_ticks[1], await Engine.QueryFirstOrDefaultAsync<Tick>(byId, Stop));
        Assert.Equal(default, await Engine.QueryFirstOrDefaultAsync<Tick>(byId.Where(s_t.Id > 2), Stop));
        Assert.Equal("b", await Engine.QueryFirstOrDefaultAsync<string>(Text($"SELECT 'b' AS a UNION ALL SELECT 'a' ORDER BY 1 DESC"), Stop));
    }

    [Fact]
    public async Task No_more_than_two_rows_are_read_to_know_that_there_are_several()
    {
        var rows = Select(s_id).From(s_short);
        await Assert.ThrowsAsync<StatementException>(() => Engine.QueryAsync<long>(rows.Limit(3), Stop));

        Assert.Equal(1, await Engine.QueryFirstOrDefaultAsync<long>(rows, Stop));
        Assert.Equal(1, await Engine.ScalarAsync<long>(rows, Stop));
        foreach (var read in new Func<Task<long>>[] { () => Engine.QuerySingleAsync<long>(rows, Stop), () => Engine.QuerySingleOrDefaultAsync<long>(rows, Stop) })
            Assert.Equal("SLU0620", (await Assert.ThrowsAsync<BulkException>(read)).Code);
    }

    [Fact]
    public async Task Rows_of_four_to_seven_columns_are_read_as_tuples()
    {
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At)),
            await Engine.QueryAsync<long, int, double, DateTimeOffset>(Select(s_t.Id, s_t.Device, s_t.Value, s_t.At).From(s_t).OrderBy(s_t.Id), Stop));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag)),
            await Engine.QueryAsync<long, int, double, DateTimeOffset, Guid?>(Select(s_t.Id, s_t.Device, s_t.Value, s_t.At, s_t.Tag).From(s_t).OrderBy(s_t.Id), Stop));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag, t.Id + 1)),
            await Engine.QueryAsync<long, int, double, DateTimeOffset, Guid?, long>(Six, Stop));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag, t.Id + 1, t.Device * 2)),
            await Engine.QueryAsync<long, int, double, DateTimeOffset, Guid?, long, int>(Seven, Stop));
    }

    [Fact]
    public async Task Rows_of_four_to_seven_columns_are_streamed_as_tuples()
    {
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At)),
            await ListAsync(Engine.StreamAsync<long, int, double,
                DateTimeOffset>(Select(s_t.Id, s_t.Device, s_t.Value, s_t.At).From(s_t).OrderBy(s_t.Id), cancellationToken: Stop)));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag)),
            await ListAsync(Engine.StreamAsync<long, int, double, DateTimeOffset,
                Guid?>(Select(s_t.Id, s_t.Device, s_t.Value, s_t.At, s_t.Tag).From(s_t).OrderBy(s_t.Id), cancellationToken: Stop)));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag, t.Id + 1)),
            await ListAsync(Engine.StreamAsync<long, int, double, DateTimeOffset, Guid?, long>(Six, cancellationToken: Stop)));
        Assert.Equal(
            s_ticks.Select(t => (t.Id, t.Device, t.Value, t.At, t.Tag, t.Id + 1, t.Device * 2)),
            await ListAsync(Engine.StreamAsync<long, int, double, DateTimeOffset, Guid?, long, int>(Seven, cancellationToken: Stop)));
    }

    static SqlSelect Six => Select(s_t.Id, s_t.Device, s_t.Value, s_t.At, s_t.Tag, (s_t.Id + 1).As("next")).From(s_t).OrderBy(s_t.Id);

    static SqlSelect Seven =>
        Select(s_t.Id, s_t.Device, s_t.Value, s_t.At, s_t.Tag, (s_t.Id + 1).As("next"),
            (s_t.Device * 2).As("twice")).From(s_t).OrderBy(s_t.Id);

    static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
            list.Add(row);
        return list;
    }
}
