using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/hierarchies.md shows, run on both databases.</summary>
public sealed class HierarchySnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trees_are_read_and_changed(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await engine.CreateTableAsync(Part.Table);
        await engine.CreateTableAsync(Wait.Table);
        await engine.InsertAsync([new Part(1, null, "car", 0), new Part(2, 1, "door", 0), new Part(3, 2, "handle", 0.5), new Part(4, 2, "glass", 6), new Part(5, 1, "wheel", 9)]);
        await engine.InsertAsync([new Wait(3, 1), new Wait(3, 2), new Wait(4, 3), new Wait(2, 1)]);
        await LevelsAsync(engine);
        await ReadAsync(engine);
        await UpdateAsync(engine);
        await DeleteAsync(engine);
    }

    static async Task LevelsAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: hierarchy-levels
        var w = Wait.Table;
        var levels = await engine.TopologicalLevelsAsync(w, from: w.TaskId, to: w.DependsOn, ct);
        foreach (var level in levels)
            Console.WriteLine("at the same time: " + string.Join(", ", level));
        // end

        Assert.Equal([[1], [2], [3], [4]], levels.Select(level => level.ToArray()));
    }

    static async Task ReadAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: hierarchy-read
        var p = Part.Table;
        var below = Descendants(p, p.Id, p.ParentId, of: 1).WithPath(p.Name, " / ").MaxDepth(10);
        var parts = await engine.QueryAsync<string, int>(Select(below.Path, below.Depth).From(below).OrderBy(below.Path), ct);

        var above = Ancestors(p, p.Id, p.ParentId, of: 3);
        var names = await engine.QueryAsync<string>(Select(p.Name).From(above).Join(p, p.Id == above.Key).OrderBy(above.Depth.Desc()), ct);
        // end

        Assert.Equal([("car", 0), ("car / door", 1), ("car / door / glass", 2), ("car / door / handle", 2), ("car / wheel", 1)], parts);
        Assert.Equal(["car", "door", "handle"], names);
    }

    static async Task UpdateAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var p = Part.Table;

        // docs: hierarchy-update
        var c = Part.Table.As("c");
        var sum = Select(Coalesce(Sum(c.Weight), Literal(0.0))).From(c).Where(c.ParentId == p.Id).AsScalar<double>();
        var whole = Descendants(p, p.Id, p.ParentId, of: 1);
        await engine.UpdateTreeAsync(whole, Update(p).Set(p.Weight, p.Weight + sum).All(), TreeOrder.ChildrenFirst, cancellationToken: ct);
        // end

        Assert.Equal(15.5, await engine.ScalarAsync<double>(Select(p.Weight).From(p).Where(p.Id == 1), ct));
    }

    static async Task DeleteAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var p = Part.Table;

        // docs: hierarchy-delete
        var removed = await engine.DeleteTreeAsync(Descendants(p, p.Id, p.ParentId, of: 2), cancellationToken: ct);
        // end

        Assert.Equal(3, removed);
        Assert.Equal([1, 5], await engine.QueryAsync<long>(Select(p.Id).From(p).OrderBy(p.Id), ct));
    }
}
