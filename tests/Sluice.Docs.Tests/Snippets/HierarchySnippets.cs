using Sluice.Specification;
using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/hierarchies.md shows, run on both databases.</summary>
public sealed class HierarchySnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trees_are_read_and_changed_and_keys_are_sorted(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await engine.CreateTableAsync(Category.Table);
        await engine.CreateTableAsync(Dependency.Table);
        await engine.InsertAsync([new Category(1, "all", null, 0), new(2, "tools", 1, 0), new(3, "saws", 2, 0), new(4, "food", 1, 0)]);
        await engine.InsertAsync([new Dependency(3, 1), new(3, 2), new(2, 1)]);
        await SortAsync(engine);
        await WalkAsync(engine);
        await ChangeAsync(engine);
    }

    static async Task SortAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: hierarchy-levels
        var d = Dependency.Table;
        var levels = await engine.TopologicalLevelsAsync(d, from: d.TaskId, to: d.DependsOn, ct);
        foreach (var level in levels)
            Console.WriteLine(string.Join(" ", level));          // 1, then 2, then 3
        // end

        Assert.Equal([[1L], [2L], [3L]], levels);

        await engine.InsertAsync([new Dependency(1, 3)], cancellationToken: ct);

        // docs: hierarchy-cycle
        try
        {
            await engine.TopologicalLevelsAsync(d, from: d.TaskId, to: d.DependsOn, ct);
        }
        catch (CycleException cycle)
        {
            Console.WriteLine(string.Join(" → ", cycle.Path));
        }
        // end

        await Assert.ThrowsAsync<CycleException>(() => engine.TopologicalLevelsAsync(d, d.TaskId, d.DependsOn, ct));
    }

    static async Task WalkAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: hierarchy-walk
        var c = Category.Table;
        var below = Descendants(c, c.Id, c.ParentId, of: 1L).MaxDepth(10).WithPath(c.Name);
        var paths = await engine.QueryAsync<long, string>(Select(below.Key, below.Path).From(below).OrderBy(below.Path), ct);
        var above = Ancestors(c, c.Id, c.ParentId, of: 3L);
        var names = await engine.QueryAsync<string>(Select(c.Name).From(above).Join(c, c.Id == above.Key).OrderBy(above.Depth), ct);
        // end

        Assert.Equal(["all", "all/food", "all/tools", "all/tools/saws"], paths.Select(p => p.Item2));
        Assert.Equal(["saws", "tools", "all"], names);
    }

    static async Task ChangeAsync(Engine engine)
    {
        var c = Category.Table;
        var ct = CancellationToken.None;

        // docs: hierarchy-change
        var whole = Descendants(c, c.Id, c.ParentId, startWith: c.ParentId.IsNull());
        var parent = c.As("parent");
        var deeper = Update(c).Set(c.Depth, parent.Column<int>("depth") + 1).From(parent).Where(c.ParentId == parent.Column<long>("id"));
        await engine.UpdateTreeAsync(whole, deeper, TreeOrder.ParentsFirst, cancellationToken: ct);

        var removed = await engine.DeleteTreeAsync(Descendants(c, c.Id, c.ParentId, of: 2L), cancellationToken: ct);
        // end

        Assert.Equal(2, removed);
        Assert.Equal([(1L, 0), (4, 1)], await engine.QueryAsync<long, int>(Select(c.Id, c.Depth).From(c).OrderBy(c.Id), ct));
    }
}
