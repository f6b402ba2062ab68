using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Hierarchies;

/// <summary>Changes of whole trees in the order of their rows.</summary>
public abstract class TreeChangesSpec(TestDatabase database) : TreeSpec(database)
{
    const string Restricted = "REFERENCES nodes(id) ON DELETE RESTRICT";

    static readonly TreeOptions s_small = new() { ChunkRows = 7 };

    async Task<List<long>> IdsAsync() => [.. (await Database.QueryAsync("SELECT id FROM nodes ORDER BY id")).Select(row => (long)row[0]!)];

    [Theory]
    [InlineData(true, 5_000)]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    public async Task A_subtree_is_removed_though_its_foreign_key_allows_no_parent_to_go_first(bool isAtomic, int rows)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await StoreAsync(Flare, Restricted);
        var subtree = Expected(Flare, 2).ConvertAll(d => d.Key);

        Assert.Equal(subtree.Count, await Engine.DeleteTreeAsync(Below(2), new() { Commit = commit, ChunkRows = rows }, Stop));

        Assert.Equal(Flare.Select(n => n.Id).Except(subtree).Order(), await IdsAsync());
    }

    [Fact]
    public async Task Several_subtrees_one_within_another_are_removed_at_once()
    {
        await StoreAsync(Flare, Restricted);
        var trees = Descendants(N, N.Id, N.ParentId, startWith: N.Id.In(2L, 3L, 15L));

        var removed = await Engine.DeleteTreeAsync(trees, s_small, Stop);

        var expected = new[] { 2L, 3L, 15L }.SelectMany(root => Expected(Flare, root)).Select(d => d.Key).Distinct().ToList();
        Assert.Equal(expected.Count, removed);
        Assert.Equal(Flare.Select(n => n.Id).Except(expected).Order(), await IdsAsync());
    }

    [Fact]
    public async Task Circles_and_what_hangs_from_them_are_removed()
    {
        Node[] nodes = [NodeOf(1, 2), NodeOf(2, 4), NodeOf(3, 2), NodeOf(4, 3), NodeOf(5, 3), NodeOf(6, 5), NodeOf(7, null)];
        await StoreAsync(nodes.Select(n => n with { ParentId = null }), "REFERENCES nodes(id)");
        foreach (var node in nodes.Where(n => n.ParentId is not null))
            await Engine.ExecuteAsync(Update(N).Set(N.ParentId, node.ParentId!.Value).Where(N.Id == node.Id), Stop);

        Assert.Equal(6, await Engine.DeleteTreeAsync(Descendants(N, N.Id, N.ParentId, startWith: N.Id.In(3L, 4L)), new() { ChunkRows = 1 }, Stop));

        Assert.Equal([7L], await IdsAsync());
    }

    [Fact]
    public async Task A_failure_undoes_everything()
    {
        await StoreAsync(Flare, Restricted);
        await Database.ExecuteAsync("DROP TABLE IF EXISTS holders");
        await Database.ExecuteAsync("CREATE TABLE holders (id bigint REFERENCES nodes(id))");
        await Database.ExecuteAsync("INSERT INTO holders VALUES (3)");
        try
        {
            var failure = await Assert.ThrowsAsync<StatementException>(() => Engine.DeleteTreeAsync(Below(2), s_small, Stop));
            Assert.StartsWith("23", failure.SqlState, StringComparison.Ordinal);
            Assert.Equal(Flare.Select(n => n.Id).Order(), await IdsAsync());

            var stopped = await Assert.ThrowsAsync<BulkException>(() => Engine.DeleteTreeAsync(Below(2), s_small with { Commit = CommitPolicy.PerChunk }, Stop));
            Assert.Equal("SLU0722", stopped.Code);
            Assert.StartsWith("23", stopped.SqlState, StringComparison.Ordinal);
            Assert.InRange(stopped.RowsKept, 1, Flare.Count);
            Assert.Equal(Flare.Count - stopped.RowsKept, (await IdsAsync()).Count);
        }
        finally
        {
            await Database.ExecuteAsync("DROP TABLE holders");
        }
    }

    [Fact]
    public async Task Totals_are_added_up_from_children_to_parents()
    {
        await StoreAsync(Flare);
        var children = N.As("children");
        var total = Select(Coalesce(Sum(children.Column<long>("total")), Literal(0L))).From(children).Where(children.Column<long>("parent_id") == N.Id);
        var update = Update(N).Set(N.Total, Coalesce(N.Size, Literal(0L)) + total.AsScalar<long>()).Where(N.Total == 0);

        Assert.Equal(Flare.Count, await Engine.UpdateTreeAsync(Below(1), update, TreeOrder.ChildrenFirst, s_small, Stop));

        var totals = await Database.QueryAsync("SELECT id, total FROM nodes ORDER BY id");
        Assert.Equal(Flare.OrderBy(n => n.Id).Select(n => new object?[] { n.Id, Expected(Flare, n.Id).Sum(d => Flare[(int)d.Key - 1].Size ?? 0) }), totals);
    }

    [Fact]
    public async Task Names_are_made_of_their_parents_new_ones_within_a_transaction()
    {
        await StoreAsync(Flare);
        var above = N.As("above");
        var update = Update(N).Set(N.Name, above.Column<string>("name") + "." + N.Name).From(above).Where(N.ParentId == above.Column<long>("id"));
        await using (var transaction = await Engine.BeginAsync(cancellationToken: Stop))
        {
            Assert.Equal(Flare.Count - 1, await transaction.UpdateTreeAsync(Below(1), update, TreeOrder.ParentsFirst, s_small, Stop));
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal("flare.analytics.cluster.CommunityStructure", await Database.ScalarAsync<string>("SELECT name FROM nodes WHERE id = 5"));
        var names = new Dictionary<long, string>();
        foreach (var node in Flare.OrderBy(n => Expected(Flare, 1).First(d => d.Key == n.Id).Depth))
            names[node.Id] = node.ParentId is { } parent ? $"{names[parent]}.{node.Name}" : node.Name;
        Assert.Equal(names.OrderBy(n => n.Key).Select(n => new object?[] { n.Key, n.Value }), await Database.QueryAsync("SELECT id, name FROM nodes ORDER BY id"));
    }

    [Fact]
    public async Task A_transaction_that_is_not_committed_keeps_the_tree()
    {
        await StoreAsync(Flare, Restricted);
        await using (var transaction = await Engine.BeginAsync(cancellationToken: Stop))
            Assert.Equal(Flare.Count, await transaction.DeleteTreeAsync(Below(1), s_small with { Commit = CommitPolicy.PerChunk }, Stop));

        Assert.Equal(Flare.Count, await Database.CountAsync("nodes"));
    }

    [Fact]
    public async Task A_chain_of_ten_thousand_is_removed_in_one_transaction()
    {
        await StoreAsync(Enumerable.Range(1, 10_000).Select(i => NodeOf(i, i == 1 ? null : i - 1)), Restricted);

        Assert.Equal(9_990, await Engine.DeleteTreeAsync(Below(11), cancellationToken: Stop));

        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), await IdsAsync());
    }

    [Fact]
    public async Task An_update_of_another_table_is_refused()
    {
        await StoreAsync(Flare);
        var other = Dependency.Table;

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpdateTreeAsync(Below(1), Update(other).Set(other.Kind, "x").Where(other.TaskId == 1), TreeOrder.ParentsFirst, null, Stop));

        Assert.Equal("SLU0601", failure.Code);
    }
}
