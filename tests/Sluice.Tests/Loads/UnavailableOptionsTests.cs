using Sluice.Tests.Fakes;
using static Sluice.Sql;

namespace Sluice.Tests.Loads;

/// <summary>Options whose names are settled and whose work is to come: refused before anything is opened or read.</summary>
public class UnavailableOptionsTests
{
    static readonly Table<Node> s_nodes = Table.For<Node>();

    static readonly Column<int> s_id = s_nodes.Column<int>("id");

    static readonly Dictionary<string, (BulkOptions Options, string Property, string Today)> s_asked = new()
    {
        ["Every"] = (new() { Commit = CommitPolicy.Every(3) }, "Commit", "CommitPolicy.PerChunk"),
        ["Adaptive"] = (new() { ChunkSize = ChunkSize.Adaptive() }, "ChunkSize", "ChunkSize.Fixed"),
        ["Merge"] = (new() { Duplicates = Duplicates.Merge<Node>((_, later) => later) }, "Duplicates", "Duplicates.KeepFirst"),
    };

    static readonly Dictionary<string, Func<Engine, IEnumerable<Node>, BulkOptions, Task>> s_calls = new()
    {
        ["insert"] = (engine, rows, options) => engine.InsertAsync(rows, options: options),
        ["upsert"] = (engine, rows, options) => engine.UpsertAsync(rows, options: options),
        ["update"] = (engine, rows, options) => engine.UpdateAsync(rows, options: options),
        ["delete"] = (engine, rows, options) => engine.DeleteAsync(rows, options: options),
        ["sync"] = (engine, rows, options) => engine.SyncAsync(rows, scope: s_id > 0, options: options),
        ["execute many"] = (engine, rows, options) => engine.ExecuteManyAsync(InsertInto(s_nodes).Rows(), rows, options),
        ["plan"] = (engine, rows, options) => engine.PlanUpsertAsync(rows, options: options),
        ["explain"] = (engine, _, options) => engine.ExplainAsync(InsertInto(s_nodes).Rows(), options),
        ["returning"] = async (engine, rows, options) =>
        {
            await foreach (var _ in engine.InsertReturningAsync(rows, s_id, table: null, options))
                Assert.Fail("A row came back.");
        },
        ["graph"] = (engine, rows, options) => engine.InsertGraphAsync(rows, options),
        ["dictionaries in groups"] = (engine, _, options) => engine.InsertAsync(
            RowSource.From([new Dictionary<string, object?> { ["id"] = 1 }, new Dictionary<string, object?> { ["parent_id"] = 2 }], DictionaryKeys.Group), s_nodes, options),
    };

    public static TheoryData<string, string> Asked { get; } = [.. from option in s_asked.Keys from call in s_calls.Keys select (option, call)];

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task What_is_not_built_yet_is_refused_by_its_name_before_anything_is_opened(string option, string call)
    {
        var (options, property, today) = s_asked[option];
        await using var engine = new ClosedEngine();

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => s_calls[call](engine, Unread(), options));

        Assert.Equal("SLU0192", failure.Code);
        Assert.StartsWith(property + " ", failure.Problem, StringComparison.Ordinal);
        Assert.Contains(today, failure.Remedy, StringComparison.Ordinal);
        Assert.Equal(Kept.NothingSent, failure.Kept);
    }

    [Fact]
    public async Task A_tree_s_changes_are_not_committed_by_several_statements_yet()
    {
        await using var engine = new ClosedEngine();
        var tree = Descendants(s_nodes, s_id, s_nodes.Column<int>("parent_id"), Param(1));

        var failure = await Assert.ThrowsAsync<BulkPlanException>(() =>
            engine.DeleteTreeAsync(tree, new TreeOptions { Commit = CommitPolicy.Every(2) }, TestContext.Current.CancellationToken));

        Assert.Equal("SLU0192", failure.Code);
    }

    [Fact]
    public void Policies_are_compared_by_what_they_ask_for()
    {
        Assert.Same(CommitPolicy.PerChunk, CommitPolicy.Every(1));
        Assert.Equal(CommitPolicy.Every(7), CommitPolicy.Every(7));
        Assert.NotEqual(CommitPolicy.Every(7), CommitPolicy.Every(8));
        Assert.NotEqual(ChunkSize.Fixed(1_000), ChunkSize.Adaptive());
        Assert.NotEqual(Duplicates.KeepFirst, Duplicates.KeepLast);
        Assert.Equal("all at once, each chunk, every 7 chunks", $"{CommitPolicy.Atomic}, {CommitPolicy.PerChunk}, {CommitPolicy.Every(7)}");
    }

    static IEnumerable<Node> Unread()
    {
        Assert.Fail("A row was read.");
        yield break;
    }

    sealed record Node([property: System.ComponentModel.DataAnnotations.Key] int Id, int? ParentId);
}
