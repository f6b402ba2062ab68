using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;
using Table = Sluice.Table;

namespace Sluice.Specification.Inserts;

[Table("slips")]
public sealed class Slip
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public List<SlipLine> Lines { get; } = [];
}

[Table("slip_lines")]
public sealed class SlipLine
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public long SlipId { get; set; }

    [ForeignKey(nameof(SlipId))]
    public Slip? Slip { get; set; }
}

/// <summary>Rows that bring no value at all are rows: each column gets what the database gives it.</summary>
public abstract class DefaultRowsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Table s_slips = Table.For<Slip>();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS slip_lines");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS slips");
        await Engine.CreateTableAsync(s_slips, Stop);
        await Engine.CreateTableAsync(Table.For<SlipLine>(), Stop);
    }

    static Slip[] Slips(int count) => [.. Enumerable.Range(0, count).Select(_ => new Slip())];

    async Task<long[]> IdsAsync() => [.. (await Database.QueryAsync("SELECT id FROM slips ORDER BY id")).Select(r => Convert.ToInt64(r[0], CultureInfo.InvariantCulture))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(2_500)]
    public async Task They_are_inserted(int count)
    {
        var perChunk = new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(700) };
        Assert.Equal(count, (await Engine.InsertAsync(Slips(count), cancellationToken: Stop)).Inserted);
        Assert.Equal(count, (await Engine.InsertAsync(Slips(count).Where(_ => true), options: perChunk, cancellationToken: Stop)).Inserted);
        Assert.Equal(count, (await Engine.ExecuteManyAsync(InsertInto(s_slips).Rows(), Slips(count), cancellationToken: Stop)).Inserted);
        Assert.Equal(3 * count, (await IdsAsync()).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_500)]
    public async Task They_come_back_with_their_keys(int count)
    {
        var slips = Slips(count);
        var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(700) };
        var result = await Engine.InsertReturningAsync(slips, s_slips.Column<long>("id"), options: options,
            cancellationToken: Stop).WriteBackAsync((slip, id) => slip.Id = id, Stop);
        Assert.Equal(count, result.Inserted);
        Assert.Equal(await IdsAsync(), slips.Select(s => s.Id).Order());
        var more = new List<object?>();
        await foreach (var (_, row, action) in Engine.InsertReturningAsync<Slip, Dictionary<string,
            object?>>(Slips(count), [s_slips.Columns[0]], options: options, cancellationToken: Stop))
        {
            Assert.Equal(RowAction.Inserted, action);
            more.Add(row["id"]);
        }
        Assert.Equal((await IdsAsync()).Skip(count), more.Select(id => Convert.ToInt64(id, CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task They_are_parents_in_a_graph()
    {
        var slip = new Slip { Lines = { new SlipLine(), new SlipLine() } };
        Assert.Equal(3, (await Engine.InsertGraphAsync([slip], cancellationToken: Stop)).Inserted);
        Assert.Equal([slip.Id], await IdsAsync());
        Assert.Equal(2, await Database.ScalarAsync<long>($"SELECT count(*) FROM slip_lines WHERE slip_id = {slip.Id}"));
    }

    [Fact]
    public async Task Empty_dictionaries_are_such_rows()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS settings");
        await Database.ExecuteAsync("CREATE TABLE settings (name varchar(10) DEFAULT 'n', value integer DEFAULT 7)");
        var table = await Engine.ReadTableAsync("settings", Stop);
        Dictionary<string, object?>[] rows = [new() { ["value"] = 1 }, [], [], new() { ["name"] = "x" }, []];
        var result = await Engine.InsertAsync(RowSource.From(rows, DictionaryKeys.Group), table, cancellationToken: Stop);
        Assert.Equal((5, 5), (result.Read, result.Inserted));
        Assert.Equal(1, (await Engine.InsertAsync(RowSource.From([[]]), table, cancellationToken: Stop)).Inserted);
        Assert.Equal("n|1\nn|7\nn|7\nn|7\nn|7\nx|7", (await Database.RunClientAsync("SELECT name, value FROM settings ORDER BY name, value")).Trim().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_null_among_them_is_none()
    {
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync([new Slip(), null!], cancellationToken: Stop));
        Assert.Equal(2, refused.RowNumber);
        Assert.Empty(await IdsAsync());
    }
}
