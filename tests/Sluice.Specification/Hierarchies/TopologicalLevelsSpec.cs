using System.Globalization;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Hierarchies;

/// <summary>Keys in the order of what they depend on.</summary>
public abstract class TopologicalLevelsSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static readonly Dependency.DependencyTable D = Dependency.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS dependencies");
        await Engine.CreateTableAsync(D, Stop);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    Task StoreAsync(params (long? From, long? To)[] edges) =>
        Engine.InsertAsync(edges.Select(e => new Dependency(e.From, e.To, e.From % 2 == 0 ? "even" : "odd")), cancellationToken: Stop);

    Task<IReadOnlyList<IReadOnlyList<long>>> LevelsAsync() => Engine.TopologicalLevelsAsync(D, from: D.TaskId, to: D.DependsOn, Stop);

    static string Text<T>(IReadOnlyList<IReadOnlyList<T>> levels) => string.Join(" | ", levels.Select(level => string.Join(" ", level)));

    [Fact]
    public async Task What_depends_on_nothing_comes_first_and_keys_of_a_level_are_sorted()
    {
        await StoreAsync((30, 10), (20, 10), (40, 30), (40, 20), (50, 10), (50, 40), (7, 90));

        Assert.Equal("10 90 | 7 20 30 | 40 | 50", Text(await LevelsAsync()));
    }

    [Fact]
    public async Task Nulls_and_repeated_dependencies_say_what_they_say()
    {
        await StoreAsync((2, 1), (2, 1), (2, 1), (3, null), (null, 4), (null, null), (5, 2), (5, 2));

        Assert.Equal("1 3 4 | 2 | 5", Text(await LevelsAsync()));
    }

    [Fact]
    public async Task Without_rows_there_is_no_level() => Assert.Empty(await LevelsAsync());

    [Fact]
    public async Task A_query_leaves_out_what_its_condition_does()
    {
        await StoreAsync((2, 1), (4, 2), (1, 4), (3, 2));

        var levels = await Engine.TopologicalLevelsAsync(Select(D).From(D).Where(D.Kind == "even"), from: D.TaskId, to: D.DependsOn, Stop);

        Assert.Equal("1 | 2 | 4", Text(levels));
    }

    [Fact]
    public async Task A_circle_is_an_error_that_prints_it()
    {
        await StoreAsync((9, 1), (5, 3), (3, 8), (8, 5), (8, 1), (6, 5), (2, 6));

        var failure = await Assert.ThrowsAsync<CycleException>(LevelsAsync);

        Assert.Equal("SLU0720", failure.Code);
        Assert.Equal([3L, 8L, 5L, 3L], failure.Path);
        Assert.Contains("3 → 8 → 5 → 3.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_depends_on_itself_is_a_circle()
    {
        await StoreAsync((2, 1), (4, 4));

        Assert.Equal([4L, 4L], (await Assert.ThrowsAsync<CycleException>(LevelsAsync)).Path);
    }

    [Fact]
    public async Task A_long_circle_is_shortened_in_the_message_alone()
    {
        await StoreAsync([.. Enumerable.Range(0, 5_000).Select(i => ((long?)i, (long?)((i + 1) % 5_000)))]);

        var failure = await Assert.ThrowsAsync<CycleException>(LevelsAsync);

        Assert.Equal([.. Enumerable.Range(0, 5_000).Select(i => (object)(long)i), 0L], failure.Path);
        Assert.InRange(failure.Message.Length, 100, 500);
    }

    [Fact]
    public async Task Keys_are_whole_numbers_texts_or_guids()
    {
        var numbers = Sql.Text($"SELECT 2 AS a, 1 AS b UNION ALL SELECT 3, 2").Returns(new Column<int>("a", SqlType.Integer), new Column<int>("b", SqlType.Integer));
        Assert.Equal("1 | 2 | 3", Text(await Engine.TopologicalLevelsAsync(numbers, new Column<int>("a", SqlType.Integer), new Column<int>("b", SqlType.Integer), Stop)));

        var (a, b) = (new Column<string>("a", SqlType.Text), new Column<string>("b", SqlType.Text));
        var texts = Sql.Text($"SELECT 'b' AS a, 'Z' AS b UNION ALL SELECT 'ä', 'Z' UNION ALL SELECT 'a', 'Z' UNION ALL SELECT 'B', 'Z' UNION ALL SELECT NULL, 'z'").Returns(a, b);
        Assert.Equal("Z z | B a b ä", Text(await Engine.TopologicalLevelsAsync(texts, a, b, Stop)));

        var first = Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var node = Table.For<GuidEdge>();
        await Database.ExecuteAsync("DROP TABLE IF EXISTS guid_edges");
        await Engine.CreateTableAsync(node, Stop);
        await Engine.InsertAsync([new GuidEdge(first[3], first[0]), new GuidEdge(first[1], first[0]), new GuidEdge(first[4], first[3])], cancellationToken: Stop);
        var levels = await Engine.TopologicalLevelsAsync(node, node.Column<Guid>("from_id"), node.Column<Guid>("to_id"), Stop);
        Assert.Equal([[first[0]], [first[1], first[3]], [first[4]]], levels);
    }

    [Fact]
    public async Task Keys_without_an_order_are_refused()
    {
        var bytes = new Column<byte[]>("a", SqlType.Bytes);

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.TopologicalLevelsAsync(Sql.Text($"SELECT 1 AS a").Returns(bytes), bytes, bytes, Stop));

        Assert.Equal("SLU0721", failure.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Levels_are_those_of_the_longest_ways_in_any_graph(int seed)
    {
        var random = new Random(seed);
        var edges = Enumerable.Range(0, 4_000).Select(_ => (Low: random.Next(600), High: random.Next(600))).Where(e => e.Low < e.High).Select(e => (From: (long)e.High, To: (long)e.Low)).ToList();
        await StoreAsync([.. edges.Select(e => ((long?)e.From, (long?)e.To))]);

        var levels = await LevelsAsync();

        var ways = edges.ToLookup(e => e.From, e => e.To);
        var longest = new Dictionary<long, int>();
        int Longest(long key) => longest.TryGetValue(key, out var known) ? known : longest[key] = ways[key].Select(Longest).DefaultIfEmpty(-1).Max() + 1;
        var expected = edges.SelectMany(e => new[] { e.From, e.To }).Distinct().GroupBy(Longest).OrderBy(g => g.Key).Select(g => g.Order().ToArray());
        Assert.Equal(expected, levels);
    }

    [Fact]
    public async Task A_graph_with_more_ways_than_could_be_walked_takes_the_time_of_its_edges()
    {
        // Each of 300 layers of ten keys depends on the whole layer before it: there are 10^299 ways, and 29,900 edges.
        var edges = from layer in Enumerable.Range(1, 299) from i in Enumerable.Range(0, 10) from j in Enumerable.Range(0, 10) select ((long?)(layer * 10 + i), (long?)(layer * 10 - 10 + j));
        await StoreAsync([.. edges]);

        var levels = await LevelsAsync();

        Assert.Equal(Enumerable.Range(0, 300).Select(layer => Enumerable.Range(layer * 10, 10).Select(key => (long)key).ToArray()), levels);
    }

    [Fact]
    public async Task Within_a_transaction_its_own_rows_are_seen_and_it_stays_open()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([new Dependency(2, 1, "odd")], cancellationToken: Stop);

        Assert.Equal("1 | 2", Text(await transaction.TopologicalLevelsAsync(D, D.TaskId, D.DependsOn, Stop)));
        await transaction.CommitAsync(Stop);
        Assert.Equal(1, await Database.CountAsync("dependencies"));
    }

    [Fact]
    public async Task Levels_drive_bulk_changes()
    {
        await StoreAsync((2, 1), (3, 1), (4, 3));
        await Database.ExecuteAsync("DROP TABLE IF EXISTS nodes");
        await Engine.CreateTableAsync(Node.Table, Stop);
        var at = 0;
        foreach (var level in await LevelsAsync())
            await Engine.InsertAsync(level.Select(id => new Node(id, id.ToString(CultureInfo.InvariantCulture), null, at++, 0)), cancellationToken: Stop);

        Assert.Equal([[1L, 0L], [2L, 1L], [3L, 2L], [4L, 3L]], await Database.QueryAsync("SELECT id, size FROM nodes ORDER BY id"));
    }
}

/// <summary>An edge between Guids, described by reflection.</summary>
[System.ComponentModel.DataAnnotations.Schema.Table("guid_edges")]
public sealed record GuidEdge(Guid FromId, Guid ToId);
