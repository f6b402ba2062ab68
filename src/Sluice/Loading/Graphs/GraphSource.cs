using Sluice.Rows;

namespace Sluice.Loading.Graphs;

/// <summary>The rows of one type in a graph, each known by the way to it.</summary>
sealed class GraphSource<T>(IReadOnlyList<GraphNode> rows, Table<T> table) : TypedSource<T>(table)
    where T : class
{
    int _taken;

    public override string Name => $"graph of {typeof(T).Name}";

    public override ValueTask<int> ReadAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        var count = Math.Min(block.Length, rows.Count - _taken);
        for (var i = 0; i < count; i++)
            block.Span[i] = (T)rows[_taken++].Value;
        return new(count);
    }

    public override string? Locate(in T row)
    {
        foreach (var node in rows)
        {
            if (ReferenceEquals(node.Value, row))
                return node.Path;
        }
        return null;
    }
}
