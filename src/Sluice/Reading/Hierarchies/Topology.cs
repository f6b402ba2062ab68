namespace Sluice.Reading.Hierarchies;

/// <summary>Dependencies between keys, and the levels that they make: Kahn's algorithm, in the time of one look at each of them.</summary>
sealed class Topology<T>
    where T : notnull
{
    internal static IComparer<T> Order { get; } = typeof(T) == typeof(string)
        ? (IComparer<T>)(object)StringComparer.Ordinal
        : Comparer<T>.Default;

    readonly Dictionary<T, int> _numbers = [];
    readonly List<T> _keys = [];
    readonly List<(int From, int To)> _edges = [];

    /// <summary>Whether keys of the type have an order, which decides the one within a level.</summary>
    internal static bool HasOrder => typeof(T).IsEnum || typeof(IComparable<T>).IsAssignableFrom(typeof(T));

    internal void Add(in Edge<T> edge)
    {
        var from = edge.HasFrom ? NumberOf(edge.From) : -1;
        var to = edge.HasTo ? NumberOf(edge.To) : -1;
        if (from >= 0 && to >= 0)
            _edges.Add((from, to));
    }

    int NumberOf(T key)
    {
        if (_numbers.TryGetValue(key, out var number))
            return number;
        number = _keys.Count;
        _numbers.Add(key, number);
        _keys.Add(key);
        return number;
    }

    /// <exception cref="CycleException">Some depend on each other in a circle.</exception>
    internal IReadOnlyList<IReadOnlyList<T>> Levels()
    {
        var (dependents, ends) = Dependents();
        var open = new int[_keys.Count];
        foreach (var (from, _) in _edges)
            open[from]++;
        var levels = new List<IReadOnlyList<T>>();
        var level = Enumerable.Range(0, open.Length).Where(number => open[number] == 0).ToList();
        var placed = 0;
        for (; level.Count > 0; level = Following(level))
        {
            placed += level.Count;
            levels.Add(Sorted(level));
        }
        return placed == _keys.Count ? levels : throw HierarchyProblems.Cycle([.. FindCycle(open)]);

        List<int> Following(List<int> last)
        {
            var next = new List<int>();
            foreach (var number in last)
            {
                for (var i = number == 0 ? 0 : ends[number - 1]; i < ends[number]; i++)
                {
                    if (--open[dependents[i]] == 0)
                        next.Add(dependents[i]);
                }
            }
            return next;
        }
    }

    // The dependents of each key behind those of the one before, and where each key's end.
    (int[] Dependents, int[] Ends) Dependents()
    {
        var starts = new int[_keys.Count + 1];
        foreach (var (_, to) in _edges)
            starts[to + 1]++;
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        var dependents = new int[_edges.Count];
        foreach (var (from, to) in _edges)
            dependents[starts[to]++] = from;
        return (dependents, starts);
    }

    T[] Sorted(List<int> level)
    {
        var keys = new T[level.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = _keys[level[i]];
        Array.Sort(keys, Order);
        return keys;
    }

    // What has no level depends on something without one. Going from each to the smallest such, a key comes again.
    IEnumerable<object> FindCycle(int[] open)
    {
        var next = new int[open.Length];
        Array.Fill(next, -1);
        foreach (var (from, to) in _edges)
        {
            if (open[from] > 0 && open[to] > 0 && (next[from] < 0 || IsBefore(to, next[from])))
                next[from] = to;
        }
        var first = Smallest(Enumerable.Range(0, open.Length).Where(number => open[number] > 0));
        var seen = new HashSet<int>();
        var number = first;
        while (seen.Add(number))
            number = next[number];
        var start = number = Smallest(Around(number));
        do
        {
            yield return _keys[number];
            number = next[number];
        }
        while (number != start);
        yield return _keys[start];

        IEnumerable<int> Around(int any)
        {
            var around = any;
            do
            {
                yield return around;
                around = next[around];
            }
            while (around != any);
        }
    }

    bool IsBefore(int number, int other) => Order.Compare(_keys[number], _keys[other]) < 0;

    int Smallest(IEnumerable<int> numbers) => numbers.Aggregate((least, number) => IsBefore(number, least) ? number : least);
}
