using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Statements that run for every row of a source, on a table that has no key.</summary>
public abstract class KeylessSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Bead(long Id, string Colour);

    static readonly Table<Bead> s_beads = Table.For<Bead>();
    static readonly Column<long> s_id = s_beads.Column<long>("id");
    static readonly Column<string> s_colour = s_beads.Column<string>("colour");

    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    public async Task Rows_are_found_by_what_the_condition_compares(int rows)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS bead");
        await Database.ExecuteAsync("CREATE TABLE bead (id bigint, colour text)");
        await Engine.InsertAsync(Enumerable.Range(1, rows).SelectMany(i => new[] { new Bead(i, "red"), new Bead(i, "blue") }), cancellationToken: Stop);
        var wanted = Enumerable.Range(2, rows).Select(i => new Bead(i, $"green {i}")).ToArray();

        var updated = await Engine.ExecuteManyAsync(Update(s_beads).Set(s_colour, Row(s_colour)).Where(s_id == Row(s_id)), wanted, cancellationToken: Stop);

        Assert.Equal((rows - 1, 1), (updated.Updated, updated.Skipped));
        Assert.Equal(2 * (rows - 1), await Database.ScalarAsync<long>("SELECT count(*) FROM bead WHERE colour = 'green ' || id"));

        var deleted = await Engine.ExecuteManyAsync(DeleteFrom(s_beads).Where(s_id == Row(s_id) & s_colour == Row(s_colour)), wanted, cancellationToken: Stop);

        Assert.Equal((rows - 1, 1), (deleted.Deleted, deleted.Skipped));
        Assert.Equal("1|2", (await Database.RunClientAsync("SELECT min(id), count(*) FROM bead")).Trim());
    }

    [Fact]
    public async Task Where_nothing_is_compared_each_row_counts_by_itself()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS bead");
        await Database.ExecuteAsync("CREATE TABLE bead (id bigint, colour text)");
        await Engine.InsertAsync([new Bead(1, "red"), new Bead(5, "red")], cancellationToken: Stop);

        var updated = await Engine.ExecuteManyAsync(Update(s_beads).Set(s_colour, "late").Where(s_id > Row(s_id)), [new Bead(3, ""), new Bead(9, "")], cancellationToken: Stop);

        Assert.Equal((1, 1), (updated.Updated, updated.Skipped));
        Assert.Equal("late", await Database.ScalarAsync<string>("SELECT colour FROM bead WHERE id = 5"));
    }
}
