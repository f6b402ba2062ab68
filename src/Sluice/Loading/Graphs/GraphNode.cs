namespace Sluice.Loading.Graphs;

/// <summary>An object of a graph, with the objects whose keys it needs.</summary>
sealed class GraphNode(object value, GraphType type, GraphNode? foundFrom, string step)
{
    internal object Value => value;

    internal GraphType Type => type;

    /// <summary>Whether it is in the database already: its key is one that the database gives, and it has one.</summary>
    internal bool Exists { get; } = type.IsStored(value);

    internal List<(GraphNode Parent, GraphReference Reference)> Parents { get; } = [];

    internal List<GraphNode> Children { get; } = [];

    /// <summary>How many rows must stand in the database before this one, one after the other.</summary>
    internal int Level { get; set; }

    /// <summary>Parents whose level is not yet known.</summary>
    internal int Waiting { get; set; }

    /// <summary>How the object was reached from those that were given, as <c>[3].Lines[0].Product</c>.</summary>
    internal string Path
    {
        get
        {
            var steps = new Stack<string>();
            steps.Push(step);
            for (var node = foundFrom; node is not null; node = node.FoundFrom)
                steps.Push(node.Step);
            return string.Concat(steps);
        }
    }

    GraphNode? FoundFrom => foundFrom;

    string Step => step;
}
