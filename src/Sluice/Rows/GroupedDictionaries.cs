namespace Sluice.Rows;

/// <summary>Dictionaries that are cut into runs of neighbours with the same keys.</summary>
sealed class GroupedDictionaries(IEnumerable<IReadOnlyDictionary<string, object?>> rows) : RowSource
{
    public override string Name => "sequence of dictionaries";

    public override Task<TResult> Accept<TResult>(IRowSourceVisitor<TResult> visitor) => visitor.VisitRuns(Runs());

    // Each run must be read to its end before the next one.
    IEnumerable<RowSource<object?[]>> Runs()
    {
        using var all = rows.GetEnumerator();
        var ordinal = 0L;
        if (!all.MoveNext())
        {
            yield return new DictionarySource([]);
            yield break;
        }
        for (var more = true; more;)
        {
            var first = all.Current;
            var run = new DictionarySource(Run(), firstOrdinal: ordinal);
            yield return run;

            IEnumerable<IReadOnlyDictionary<string, object?>> Run()
            {
                do
                {
                    yield return all.Current;
                    ordinal++;
                    more = all.MoveNext();
                }
                while (more && HasKeysOf(all.Current, first));
            }
        }
    }

    static bool HasKeysOf(IReadOnlyDictionary<string, object?> row, IReadOnlyDictionary<string, object?> first) =>
        row.Count == first.Count && first.Keys.All(row.ContainsKey);
}
