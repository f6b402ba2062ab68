using System.Text.Json;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Hierarchies;

/// <summary>A table of nodes, each of which names its parent.</summary>
public abstract class TreeSpec(TestDatabase database) : DatabaseSpec(database)
{
    protected static Node.NodeTable N => Node.Table;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The classes of a program and their packages.</summary>
    protected static IReadOnlyList<Node> Flare { get; } =
    [
        .. File.ReadLines(Repository.PathTo("samples", "data", "flare.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Select(node => new Node(
            node.GetProperty("id").GetInt64(),
            node.GetProperty("name").GetString()!,
            node.TryGetProperty("parent", out var parent) ? parent.GetInt64() : null,
            node.TryGetProperty("size", out var size) ? size.GetInt64() : null,
            0)),
    ];

    protected static SqlTree<long> Below(long key) => Descendants(N, N.Id, N.ParentId, of: key);

    protected static SqlTree<long> Above(long key) => Ancestors(N, N.Id, N.ParentId, of: key);

    protected static Node NodeOf(long id, long? parent) => new(id, $"n{id}", parent, null, 0);

    /// <param name="nodes">The rows of the table, which is made anew.</param>
    /// <param name="reference">What the parent's column refers to, as "REFERENCES nodes(id)"; empty for nothing.</param>
    protected async Task StoreAsync(IEnumerable<Node> nodes, string reference = "")
    {
        // The rows of the last test may allow no other one to go first.
        await Database.ExecuteAsync("CREATE TABLE IF NOT EXISTS nodes (parent_id bigint)");
        await Database.ExecuteAsync("UPDATE nodes SET parent_id = NULL");
        await Database.ExecuteAsync("DROP TABLE nodes");
        await Database.ExecuteAsync($"CREATE TABLE nodes (id bigint PRIMARY KEY, name text NOT NULL, parent_id bigint {reference}, size bigint, total bigint NOT NULL)");
        await Database.ExecuteAsync("CREATE INDEX nodes_parent ON nodes (parent_id)");
        await Engine.InsertAsync(nodes, cancellationToken: Stop);
    }

    protected Task<IReadOnlyList<(long Key, int Depth)>> DepthsAsync(SqlTree<long> tree) =>
        Engine.QueryAsync<long, int>(Select(tree.Key, tree.Depth).From(tree).OrderBy(tree.Depth.Asc(), tree.Key.Asc()), Stop);

    /// <summary>Keys and depths below a node by the rows alone, each node once.</summary>
    protected static List<(long Key, int Depth)> Expected(IReadOnlyList<Node> nodes, long root)
    {
        var children = nodes.Where(n => n.ParentId is not null).ToLookup(n => n.ParentId!.Value, n => n.Id);
        var found = new List<(long Key, int Depth)> { (root, 0) };
        var seen = new HashSet<long> { root };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(children[found[i].Key].Where(seen.Add).Select(child => (child, found[i].Depth + 1)).ToList());
        return [.. found.OrderBy(n => n.Depth).ThenBy(n => n.Key)];
    }
}
