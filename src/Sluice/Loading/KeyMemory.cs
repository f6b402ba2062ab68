namespace Sluice.Loading;

/// <summary>Keys that were met, and the rows that had them.</summary>
/// <remarks>
/// Keys that come in order, as most do, are only written down: 24 bytes each, and a look at the last one. Keys that begin again are looked
/// up in the runs before; when there are many runs, everything moves into a hash table.
/// </remarks>
sealed class KeyMemory
{
    const int MostRuns = 8;
    const int BlockBits = 14;
    const int FirstRoom = 16;
    const int BlockMask = (1 << BlockBits) - 1;

    readonly List<Met[]> _blocks = [];
    readonly List<int> _runs = [];
    int _count;
    UInt128 _last;
    Dictionary<UInt128, long>? _hashed;

    /// <summary>Remembers a key, unless it was met before.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ordinal">The row that has it.</param>
    /// <param name="first">Where it was met before, the row that had it.</param>
    /// <returns>Whether it is new.</returns>
    internal bool TryAdd(UInt128 key, long ordinal, out long first)
    {
        first = ordinal;
        if (_hashed is not null)
            return _hashed.TryAdd(key, ordinal) || (first = _hashed[key]) < 0;
        var continues = _count > 0 && key > _last;
        // In the run at hand a larger key is new; in those before it may stand.
        if (_count > 0 && Find(key, continues ? _runs.Count - 1 : _runs.Count) is { } known)
        {
            first = known;
            return false;
        }
        if (!continues)
            BeginRun();
        if (_hashed is not null)
            return _hashed.TryAdd(key, ordinal);
        Append(key, ordinal);
        return true;
    }

    long? Find(UInt128 key, int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            var (low, high) = (_runs[run], (run + 1 < _runs.Count ? _runs[run + 1] : _count) - 1);
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                ref var met = ref At(middle);
                if (met.Key == key)
                    return met.Ordinal;
                if (met.Key < key)
                    low = middle + 1;
                else
                    high = middle - 1;
            }
        }
        return null;
    }

    void BeginRun()
    {
        _runs.Add(_count);
        if (_runs.Count <= MostRuns)
            return;
        _hashed = new Dictionary<UInt128, long>(_count * 2);
        for (var i = 0; i < _count; i++)
            _hashed.Add(At(i).Key, At(i).Ordinal);
        _blocks.Clear();
    }

    void Append(UInt128 key, long ordinal)
    {
        if (_count >> BlockBits == _blocks.Count)
            _blocks.Add(new Met[_count == 0 ? FirstRoom : BlockMask + 1]);
        else if ((_count & BlockMask) == _blocks[^1].Length)
            Grow();
        At(_count++) = new Met(key, ordinal);
        _last = key;
    }

    // Most loads are small: the first block starts so.
    void Grow()
    {
        var larger = new Met[_blocks[^1].Length * 4];
        _blocks[^1].CopyTo(larger, 0);
        _blocks[^1] = larger;
    }

    ref Met At(int index) => ref _blocks[index >> BlockBits][index & BlockMask];

    // The key in halves: as one number it would be aligned to its own size, and take 32 bytes with its row.
    readonly struct Met(UInt128 key, long ordinal)
    {
        readonly ulong _high = (ulong)(key >> 64);
        readonly ulong _low = (ulong)key;

        internal UInt128 Key => new(_high, _low);

        internal long Ordinal => ordinal;
    }
}
