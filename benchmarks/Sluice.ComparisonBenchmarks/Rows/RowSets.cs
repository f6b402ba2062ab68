namespace Sluice.ComparisonBenchmarks.Rows;

/// <summary>Row sets by size and order, so that techniques share one array.</summary>
public sealed class RowSets
{
    readonly Dictionary<(int, bool), RowSet> _sets = [];

    public RowSet Get(int count, bool isShuffled)
    {
        if (!_sets.TryGetValue((count, isShuffled), out var set))
            _sets[(count, isShuffled)] = set = new RowSet(count, isShuffled);
        return set;
    }
}
