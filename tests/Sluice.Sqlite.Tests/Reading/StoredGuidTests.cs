using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>Guids as other programs store them, as keys that rows are related by.</summary>
public sealed class StoredGuidTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static readonly Guid s_outer = new("7d444840-9dc0-11d1-b245-5ffdce74fad2");
    static readonly Guid s_inner = new("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Forms { get; } = new() { { "upper", "upper" }, { "lower", "lower" }, { "bytes", "bytes" }, { "lower", "upper" }, { "upper", "bytes" } };

    static string Stored(Guid id, string form) => form switch
    {
        "upper" => $"'{id.ToString().ToUpperInvariant()}'",
        "lower" => $"'{id}'",
        _ => $"x'{Convert.ToHexString(id.ToByteArray())}'",
    };

    async Task PrepareAsync(string form, string others) => await database.ExecuteAsync(
        $"""
        DROP TABLE IF EXISTS crates; DROP TABLE IF EXISTS things; DROP TABLE IF EXISTS labels;
        CREATE TABLE crates (id TEXT PRIMARY KEY, parent_id TEXT);
        CREATE TABLE things (crate_id TEXT, no INTEGER, PRIMARY KEY (crate_id, no));
        CREATE TABLE labels (id INTEGER PRIMARY KEY, crate_id TEXT, thing_no INTEGER);
        INSERT INTO crates VALUES ({Stored(s_outer, form)}, NULL), ({Stored(s_inner, form)}, {Stored(s_outer, form)});
        INSERT INTO things VALUES ({Stored(s_outer, others)}, 1), ({Stored(s_outer, others)}, 2), ({Stored(s_inner, others)}, 3);
        INSERT INTO labels VALUES (1, {Stored(s_outer, form)}, 1), (2, {Stored(s_outer, form)}, 2), (3, {Stored(s_inner, form)}, 3), (4, {Stored(s_inner, form)}, 3);
        """);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Related_rows_are_found_in_whatever_form_either_side_is_stored(string form, string others)
    {
        await PrepareAsync(form, others);
        var c = Crate.Table;

        var crates = await database.Engine.QueryAsync<Crate>(Select(c).From(c).Include(c.Things.Include(Thing.Table.Labels)), Stop);

        Assert.Equal([1, 2], crates.Single(r => r.Id == s_outer).Things.Select(t => t.No).Order());
        Assert.Equal([3], crates.Single(r => r.Id == s_inner).Things.Select(t => t.No));
        Assert.Equal([1L, 2L, 3L, 4L], crates.SelectMany(r => r.Things).SelectMany(t => t.Labels).Select(l => l.Id).Order());
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("lower")]
    [InlineData("bytes")]
    public async Task Trees_are_changed_and_removed_in_whatever_form_they_are_stored(string form)
    {
        await PrepareAsync(form, form);
        var c = Crate.Table;
        var tree = Descendants(c, c.Id, c.ParentId, of: s_outer);

        Assert.Equal(2, await database.Engine.UpdateTreeAsync(tree, Update(c).Set(c.ParentId, c.ParentId).Where(c.Id.IsNotNull()), TreeOrder.ParentsFirst, cancellationToken: Stop));
        Assert.Equal(2, await database.Engine.DeleteTreeAsync(tree, cancellationToken: Stop));
        Assert.Equal(0, await database.CountAsync("crates"));
    }
}

[Table("crates")]
public sealed partial class Crate
{
    public Guid Id { get; set; }

    public Guid? ParentId { get; set; }

    public List<Thing> Things { get; set; } = [];
}

[Table("things")]
public sealed partial class Thing
{
    [Key, Column(Order = 0)]
    public Guid CrateId { get; set; }

    [Key, Column(Order = 1)]
    public int No { get; set; }

    [ForeignKey(nameof(CrateId))]
    public Crate? Crate { get; set; }

    [ForeignKey("CrateId, ThingNo")]
    public List<Label> Labels { get; set; } = [];
}

[Table("labels")]
public sealed partial class Label
{
    public long Id { get; set; }

    public Guid CrateId { get; set; }

    public int ThingNo { get; set; }

    [ForeignKey("CrateId, ThingNo")]
    public Thing? Thing { get; set; }
}
