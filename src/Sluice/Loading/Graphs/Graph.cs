using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.Loading.Graphs;

/// <summary>Everything that can be reached from some objects, each once, with who needs whose key.</summary>
[RequiresUnreferencedCode(GraphType.Reason)]
[RequiresDynamicCode(GraphType.Reason)]
sealed class Graph
{
    readonly Dictionary<object, GraphNode> _nodes = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Type, GraphType> _types = [];
    readonly Dictionary<(Type, string), GraphReference> _references = [];
    readonly Queue<GraphNode> _unseen = new();

    /// <exception cref="BulkPlanException">
    /// A property's foreign key is not known, an object needs its own key, or two parents claim one child.
    /// </exception>
    internal Graph(IEnumerable<object> roots)
    {
        var index = 0;
        foreach (var root in roots)
            Node(root, null, string.Create(CultureInfo.InvariantCulture, $"[{index++}]"));
        while (_unseen.TryDequeue(out var node))
            Follow(node);
        Layer();
    }

    /// <summary>The rows that are inserted together: those whose parents all stand before them, of one type each.</summary>
    internal IEnumerable<IGrouping<(int Level, GraphType Type), GraphNode>> Batches =>
        _nodes.Values.Where(n => !n.Exists).GroupBy(n => (n.Level, n.Type)).OrderBy(g => g.Key.Level);

    GraphNode Node(object value, GraphNode? from, string step)
    {
        if (_nodes.TryGetValue(value, out var known))
            return known;
        var node = new GraphNode(value, TypeOf(value.GetType()), from, step);
        _nodes.Add(value, node);
        _unseen.Enqueue(node);
        return node;
    }

    GraphType TypeOf(Type type)
    {
        if (!_types.TryGetValue(type, out var known))
            _types.Add(type, known = GraphType.Of(type));
        return known;
    }

    void Follow(GraphNode node)
    {
        foreach (var navigation in node.Type.Navigations)
        {
            var isList = GraphType.IsList(navigation);
            var index = 0;
            foreach (var value in GraphType.Of(navigation, node.Value))
            {
                var step = "." + navigation.Name + (isList ? string.Create(CultureInfo.InvariantCulture, $"[{index++}]") : "");
                var other = Node(value ?? throw GraphProblems.NullInGraph(node.Path + step), node, step);
                if (isList)
                    Link(other, node, ReferenceOf(node.Type, navigation, other.Type));
                else
                    Link(node, other, ReferenceOf(node.Type, navigation, other.Type));
            }
        }
    }

    GraphReference ReferenceOf(GraphType type, RowMember navigation, GraphType other)
    {
        if (!_references.TryGetValue((type.Type, navigation.Name), out var known))
            _references.Add((type.Type, navigation.Name),
                known = GraphType.IsList(navigation) ? type.ReferenceOf(navigation, other) : type.ReferenceBy(navigation, other));
        return known;
    }

    static void Link(GraphNode child, GraphNode parent, GraphReference reference)
    {
        // The same key may be known by the parent's list and by the child's property.
        foreach (var (known, by) in child.Parents)
        {
            if (!string.Equals(by.Names, reference.Names, StringComparison.Ordinal))
                continue;
            if (!ReferenceEquals(known, parent))
                throw GraphProblems.TwoParents(child.Path, reference.Names, known.Path, parent.Path);
            return;
        }
        child.Parents.Add((parent, reference));
        parent.Children.Add(child);
    }

    // Level after level, so that a chain of any length needs no stack.
    void Layer()
    {
        foreach (var node in _nodes.Values)
            node.Waiting = node.Parents.Count;
        var ready = new Queue<GraphNode>(_nodes.Values.Where(n => n.Waiting == 0));
        var placed = 0;
        for (; ready.TryDequeue(out var node); placed++)
        {
            foreach (var child in node.Children)
            {
                child.Level = Math.Max(child.Level, node.Level + 1);
                if (--child.Waiting == 0)
                    ready.Enqueue(child);
            }
        }
        if (placed < _nodes.Count)
            throw GraphProblems.CycleInGraph(CycleFrom(_nodes.Values.First(n => n.Waiting > 0)));
    }

    static List<string> CycleFrom(GraphNode start)
    {
        var way = new List<GraphNode>();
        var met = new HashSet<GraphNode>();
        var node = start;
        while (met.Add(node))
        {
            way.Add(node);
            node = node.Parents.First(p => p.Parent.Waiting > 0).Parent;
        }
        return [.. way.Skip(way.IndexOf(node)).Append(node).Select(n => $"{n.Type.Type.Name} {n.Path}")];
    }
}
