using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Hierarchies;

/// <summary>Descendants and ancestors of nodes.</summary>
public abstract class TreeQueriesSpec(TestDatabase database) : TreeSpec(database)
{
    [Fact]
    public async Task Descendants_of_every_node_are_those_of_the_rows()
    {
        await StoreAsync(Flare);

        foreach (var node in Flare.Where(n => n.Size is null))
            Assert.Equal(Expected(Flare, node.Id), await DepthsAsync(Below(node.Id)));
        Assert.Equal([(252L, 0)], await DepthsAsync(Below(252)));
        Assert.Empty(await DepthsAsync(Below(9_999)));
    }

    [Fact]
    public async Task Ancestors_lead_to_the_root()
    {
        await StoreAsync(Flare);
        var parents = Flare.ToDictionary(n => n.Id, n => n.ParentId);

        foreach (var node in Flare)
        {
            var expected = new List<(long, int)>();
            for (long? key = node.Id; key is not null; key = parents[key.Value])
                expected.Add((key.Value, expected.Count));
            Assert.Equal(expected, await DepthsAsync(Above(node.Id)));
        }
    }

    [Fact]
    public async Task Paths_read_from_above_to_below_both_ways()
    {
        await StoreAsync(Flare);
        var down = Below(1).WithPath(N.Name, " > ");
        var up = Above(5).WithPath(N.Name, " > ");
        var keys = Above(5).WithPath();

        Assert.Equal(
            "flare > analytics > cluster > CommunityStructure",
            await Engine.ScalarAsync<string>(Select(down.Path).From(down).Where(down.Key == 5), Stop));
        Assert.Equal(
            ["CommunityStructure", "cluster > CommunityStructure", "analytics > cluster > CommunityStructure", "flare > analytics > cluster > CommunityStructure"],
            await Engine.QueryAsync<string>(Select(up.Path).From(up).OrderBy(up.Depth.Asc()), Stop));
        Assert.Equal("1/2/3/5", await Engine.ScalarAsync<string>(Select(keys.Path).From(keys).OrderBy(keys.Depth.Desc()).Limit(1), Stop));
        Assert.Throws<InvalidOperationException>(() => Below(1).Path);
    }

    [Fact]
    public async Task A_tree_is_an_item_that_joins_groups_and_filters_like_others()
    {
        await StoreAsync(Flare);
        var tree = Descendants(N, N.Id, N.ParentId, startWith: N.ParentId == 1);
        var sizes = Select(tree.Root, Sum(N.Size).As("size")).From(tree).Join(N, N.Id == tree.Key).GroupBy(tree.Root).OrderBy(tree.Root.Asc());

        var expected = Flare.Where(n => n.ParentId == 1).OrderBy(n => n.Id)
            .Select(top => (top.Id, Expected(Flare, top.Id).Sum(d => Flare.First(n => n.Id == d.Key).Size ?? 0)));
        Assert.Equal(expected, await Engine.QueryAsync<long, long>(sizes, Stop));

        var (left, right) = (Below(2), Below(3).Named("inner"));
        var without = Select(left.Key).From(left).LeftJoin(right, right.Key == left.Key).Where(right.Key.IsNull()).OrderBy(left.Key.Asc());
        Assert.Equal(Expected(Flare, 2).Select(d => d.Key).Except(Expected(Flare, 3).Select(d => d.Key)).Order(), await Engine.QueryAsync<long>(without, Stop));
        var a = Below(2);
        var b = a.As("again");
        Assert.Equal(Expected(Flare, 2).Count, await Engine.ScalarAsync<long>(Select(Count()).From(a).Join(b, a.Key == b.Key), Stop));
        Assert.Equal(Expected(Flare, 2).Select(d => d.Key).Order(), await Engine.QueryAsync<long>(Select(a[N.Id]).From(a).OrderBy(a[N.Id].Asc()), Stop));
    }

    [Fact]
    public async Task Depth_and_conditions_end_a_walk()
    {
        await StoreAsync(Flare);

        Assert.Equal(Expected(Flare, 1).Where(d => d.Depth <= 2), await DepthsAsync(Below(1).MaxDepth(2)));
        Assert.Equal([(1L, 0)], await DepthsAsync(Below(1).MaxDepth(0)));
        Assert.Equal([(5L, 0), (3, 1)], await DepthsAsync(Above(5).MaxDepth(1)));
        var pruned = Flare.Where(n => n.Name != "cluster").ToList();
        Assert.Equal(Expected(pruned, 1), await DepthsAsync(Below(1).Where(N.Name != "cluster")));
        Assert.Empty(await DepthsAsync(Below(3).Where(N.Name != "cluster")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Below(1).MaxDepth(-1));
    }

    [Fact]
    public async Task A_forest_is_walked_from_all_its_roots()
    {
        await StoreAsync(Enumerable.Range(1, 3_000).Select(i => NodeOf(i, i <= 100 ? null : i - 100)));
        var forest = Descendants(N, N.Id, N.ParentId, startWith: N.ParentId.IsNull());

        var counts = await Engine.QueryAsync<long, int, long>(
            Select(forest.Root, Max(forest.Depth).As("deepest"), Count().As("nodes")).From(forest).GroupBy(forest.Root).OrderBy(forest.Root.Asc()), Stop);

        Assert.Equal(Enumerable.Range(1, 100).Select(i => ((long)i, 29, 30L)), counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Circles_end_where_they_close(bool withPath)
    {
        // 1 → 2 → 3 → 4 → 2, with 5 hanging from 3, and 6 which is its own parent.
        Node[] nodes = [NodeOf(1, 2), NodeOf(2, 4), NodeOf(3, 2), NodeOf(4, 3), NodeOf(5, 3), NodeOf(6, 6), NodeOf(7, 6)];
        await StoreAsync(nodes);
        SqlTree<long> Maybe(SqlTree<long> tree) => withPath ? tree.WithPath() : tree;

        foreach (var node in nodes)
            Assert.Equal(Expected(nodes, node.Id), await DepthsAsync(Maybe(Below(node.Id))));
        Assert.Equal([(1L, 0), (2, 1), (4, 2), (3, 3)], await DepthsAsync(Maybe(Above(1))));
        Assert.Equal([(5L, 0), (3, 1), (2, 2), (4, 3)], await DepthsAsync(Maybe(Above(5))));
        Assert.Equal([(7L, 0), (6, 1)], await DepthsAsync(Maybe(Above(7))));
        Assert.Equal([(6L, 0)], await DepthsAsync(Maybe(Above(6))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_rows_name_as_their_parent_every_walk_ends_and_sees_each_node_once(int seed)
    {
        var random = new Random(seed);
        var nodes = Enumerable.Range(1, 60).Select(i => NodeOf(i, random.Next(8) == 0 ? null : random.Next(1, 64))).ToList();
        await StoreAsync(nodes);
        var parents = nodes.ToDictionary(n => n.Id, n => n.ParentId);
        var guarded = new Table("nodes", null, N.Columns, []);
        var (key, parent) = (guarded.Column<long>("id"), guarded.Column<long>("parent_id"));

        foreach (var node in nodes)
        {
            var expected = Expected(nodes, node.Id);
            Assert.Equal(expected, await DepthsAsync(Below(node.Id)));
            // A key that is not known to be in one row only has another guard.
            Assert.Equal(expected, await DepthsAsync(Descendants(guarded, key, parent, of: node.Id)));
            var up = new List<(long Key, int Depth)>();
            for (long? next = node.Id; next is not null && parents.ContainsKey(next.Value) && up.TrueForAll(n => n.Key != next); next = parents[next.Value])
                up.Add((next.Value, up.Count));
            Assert.Equal(up, await DepthsAsync(Above(node.Id)));
            Assert.Equal(up, await DepthsAsync(Ancestors(guarded, key, parent, of: node.Id)));
        }
    }

    [Fact]
    public async Task A_chain_of_ten_thousand_is_walked_both_ways()
    {
        await StoreAsync(Enumerable.Range(1, 10_000).Select(i => NodeOf(i, i == 1 ? null : i - 1)));

        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => ((long)i, i - 1)), await DepthsAsync(Below(1)));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => (10_001L - i, i - 1)), await DepthsAsync(Above(10_000)));
        await Database.ExecuteAsync("UPDATE nodes SET parent_id = 10000 WHERE id = 1");
        Assert.Equal(10_000, (await DepthsAsync(Below(5_000))).Count);
        Assert.Equal(Enumerable.Range(0, 10_000), (await DepthsAsync(Above(5_000))).Select(n => n.Depth));
    }

    [Fact]
    public async Task A_wide_tree_is_walked()
    {
        await StoreAsync(Enumerable.Range(1, 50_000).Select(i => NodeOf(i, i == 1 ? null : 1)));
        var tree = Below(1).WithPath();

        Assert.Equal(49_999, await Engine.ScalarAsync<long>(Select(Count()).From(tree).Where(tree.Depth == 1), Stop));
        Assert.Equal("1/50000", await Engine.ScalarAsync<string>(Select(tree.Path).From(tree).Where(tree.Key == 50_000), Stop));
    }

    [Fact]
    public async Task Keys_may_be_texts_of_a_limited_length()
    {
        var n = NamedNode.Table;
        await Database.ExecuteAsync("DROP TABLE IF EXISTS named_nodes");
        await Engine.CreateTableAsync(n, Stop);
        await Engine.InsertAsync([new NamedNode("a/b", null), new NamedNode("c", "a/b"), new NamedNode("d'", "c"), new NamedNode("e", "f"), new NamedNode("f", "e")], cancellationToken: Stop);

        foreach (var tree in new[] { Descendants(n, n.Code, n.Above, of: "a/b"), Descendants(n, n.Code, n.Above, of: "a/b").WithPath(), Descendants(n, n.Code, n.Above, n.Code == "a/b").WithPath(n.Above) })
            Assert.Equal([("a/b", 0), ("c", 1), ("d'", 2)], await Engine.QueryAsync<string, int>(Select(tree.Key, tree.Depth).From(tree).OrderBy(tree.Depth.Asc()), Stop));
        foreach (var tree in new[] { Ancestors(n, n.Code, n.Above, of: "e"), Ancestors(n, n.Code, n.Above, of: "e").WithPath() })
            Assert.Equal([("e", 0), ("f", 1)], await Engine.QueryAsync<string, int>(Select(tree.Key, tree.Depth).From(tree).OrderBy(tree.Depth.Asc()), Stop));
    }

    [Fact]
    public async Task Columns_that_are_named_like_those_of_the_tree_keep_their_names()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS odd_nodes");
        await Database.ExecuteAsync("CREATE TABLE odd_nodes (depth bigint PRIMARY KEY, root bigint)");
        await Database.ExecuteAsync("INSERT INTO odd_nodes VALUES (1, NULL), (2, 1), (3, 2)");
        var table = await Engine.ReadTableAsync("odd_nodes", Stop);
        var tree = Descendants(table, table.Column<long>("depth"), table.Column<long>("root"), of: 1L).WithPath();

        var rows = await Engine.QueryAsync<object?[]>(Select(tree.Key, tree.Parent, tree.Root, tree.Depth, tree.Path).From(tree).OrderBy(tree.Depth.Asc()), Stop);

        Assert.Equal([[1L, null, 1L, 0L, "1"], [2L, 1L, 1L, 1L, "1/2"], [3L, 2L, 1L, 2L, "1/2/3"]], rows.Select(r => r.Select(v => v is int number ? (long)number : v)));
    }
}
