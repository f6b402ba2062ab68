
namespace Sluice.Rows;

/// <summary>Dictionaries, whose first row says which columns there are.</summary>
/// <param name="rows">Enumerated once.</param>
/// <param name="defaults">The values of keys that a row lacks; null where every row must have them all.</param>
/// <param name="firstOrdinal">How many rows of the caller's stand before these.</param>
sealed class DictionarySource(
    IEnumerable<IReadOnlyDictionary<string, object?>> rows, IReadOnlyDictionary<string, object?>? defaults = null, long firstOrdinal = 0) : RowSource<object?[]>
{
    readonly IEnumerable<IReadOnlyDictionary<string, object?>> _rows = rows;
    IEnumerator<IReadOnlyDictionary<string, object?>>? _enumerator;
    string[] _columns = [];
    bool _started;
    bool _ended;
    bool _isEmpty;
    long _read;

    public override string Name => "sequence of dictionaries";

    internal override long FirstOrdinal => firstOrdinal;

    public override RowShape<object?[]> Bind(Table target)
    {
        Start();
        // Without a first row there is nothing to load; the table's own columns make an empty plan.
        IEnumerable<string> names = _isEmpty
            ? target.Columns.Where(c => c.Generated is not Generated.Computed).Select(c => c.Name)
            : _columns;
        return new ObjectShape([.. names.Select(name => new RowField(name, typeof(object)))], target);
    }

    public override ValueTask<int> ReadAsync(Memory<object?[]> block, CancellationToken cancellationToken)
    {
        Start();
        var count = 0;
        try
        {
            while (!_ended && count < block.Length)
            {
                block.Span[count++] = Values(_enumerator!.Current);
                _ended = !_enumerator.MoveNext();
            }
            return new(count);
        }
        finally
        {
            AtHand = count;
        }
    }

    void Start()
    {
        if (_started)
            return;
        _started = true;
        _enumerator = _rows.GetEnumerator();
        _isEmpty = _ended = !_enumerator.MoveNext();
        if (!_isEmpty)
            _columns = [.. _enumerator.Current.Keys.Union(defaults?.Keys ?? [], StringComparer.Ordinal)];
    }

    object?[] Values(IReadOnlyDictionary<string, object?> row)
    {
        _read++;
        var values = new object?[_columns.Length];
        var found = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (row.TryGetValue(_columns[i], out values[i]))
                found++;
            else if (defaults is null || !defaults.TryGetValue(_columns[i], out values[i]))
                throw RowProblems.DictionaryKeys(firstOrdinal + _read, [_columns[i]], missing: true);
        }
        if (row.Count != found)
            throw RowProblems.DictionaryKeys(firstOrdinal + _read, [.. row.Keys.Except(_columns, StringComparer.Ordinal)], missing: false);
        return values;
    }

    public override ValueTask DisposeAsync()
    {
        _enumerator?.Dispose();
        return base.DisposeAsync();
    }
}
