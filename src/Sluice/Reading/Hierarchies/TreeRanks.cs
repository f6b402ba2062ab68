namespace Sluice.Reading.Hierarchies;

/// <summary>
/// The nodes of a tree by rank: a node's is higher than its parent's, and those of one circle have one together, before all others.
/// </summary>
/// <param name="down">Whether the walk went from parents to children.</param>
sealed class TreeRanks<T>(bool down)
    where T : notnull
{
    readonly Dictionary<T, (int Rank, bool HasParent, T Parent)> _nodes = [];

    internal void Add(in TreeNode<T> node)
    {
        // A node that is reached from several starts is as far from the top as the longest way says.
        var rank = down ? node.Depth : -node.Depth;
        if (_nodes.TryGetValue(node.Key, out var known))
            rank = down ? Math.Max(rank, known.Rank) : Math.Min(rank, known.Rank);
        _nodes[node.Key] = (rank, node.HasParent, node.Parent);
    }

    /// <summary>The keys in the order of change, in pieces of which none has a row and its parent, but for circles.</summary>
    internal IEnumerable<T[]> Levels(TreeOrder order, int most)
    {
        var upwards = TakeCircles().Concat(Ranked().SelectMany(level => level.Chunk(most)));
        return order is TreeOrder.ParentsFirst ? upwards : upwards.Reverse();
    }

    /// <summary>The keys from below to above, in pieces that may have rows and their parents; circles are whole.</summary>
    internal IEnumerable<T[]> Upwards(int most)
    {
        var circles = TakeCircles();
        return Ranked().Reverse().SelectMany(level => level).Chunk(most).Concat(circles);
    }

    IEnumerable<T[]> Ranked() => _nodes.GroupBy(node => node.Value.Rank, node => node.Key).OrderBy(level => level.Key).Select(Sorted);

    static T[] Sorted(IEnumerable<T> keys)
    {
        T[] sorted = [.. keys];
        if (Topology<T>.HasOrder)
            Array.Sort(sorted, Topology<T>.Order);
        return sorted;
    }

    List<T[]> TakeCircles()
    {
        var circles = new List<T[]>();
        foreach (var (key, node) in _nodes.ToArray())
        {
            // Only where a circle closes is a parent not nearer to the top than its child.
            if (node.HasParent && _nodes.TryGetValue(node.Parent, out var parent) && parent.Rank >= node.Rank && Circle(key) is { Count: > 0 } circle)
            {
                circles.Add(Sorted(circle));
                foreach (var member in circle)
                    _nodes.Remove(member);
            }
        }
        return circles;
    }

    HashSet<T> Circle(T key)
    {
        var members = new HashSet<T>();
        while (members.Add(key))
        {
            if (!_nodes.TryGetValue(key, out var node) || !node.HasParent)
                return [];
            key = node.Parent;
        }
        var circle = new HashSet<T>();
        while (circle.Add(key))
            key = _nodes[key].Parent;
        return circle;
    }
}
