using System.Buffers;
using System.Runtime.CompilerServices;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Rows that are held back to be sorted by key, and then handed out in chunks.</summary>
sealed class SortedWindow<T>(KeyOrder<T>? order, long firstOrdinal) : IDisposable
{
    T[] _rows = [];
    int[] _places = [];
    int _taken;
    bool _isWeighed;

    internal int Count { get; private set; }

    /// <summary>About how many bytes the rows hold, by the values that were seen.</summary>
    internal long Bytes { get; private set; }

    internal bool IsEmpty => _taken == Count;

    internal void Add(ReadOnlySpan<T> rows, long? bytes)
    {
        rows.CopyTo(Room(rows.Length).Span);
        Added(rows.Length, bytes);
    }

    /// <summary>Room for more rows behind those already held.</summary>
    internal Memory<T> Room(int rows)
    {
        if (Count + rows > _rows.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(Count + rows, _rows.Length * 2));
            _rows.AsSpan(0, Count).CopyTo(larger);
            Release(_rows);
            _rows = larger;
        }
        return _rows.AsMemory(Count, rows);
    }

    /// <param name="rows">How many rows were put there.</param>
    /// <param name="bytes">What they take, where that is known.</param>
    internal void Added(int rows, long? bytes)
    {
        _isWeighed |= bytes is not null;
        Bytes += bytes ?? order?.Measure(_rows.AsSpan(Count, rows)) ?? 0;
        Count += rows;
    }

    /// <summary>Sorts the rows by key and takes out duplicates; rows of one key stay in the order in which they came.</summary>
    internal void Sort(DuplicateFilter<T>? filter)
    {
        if (order is null)
            _places = [.. Enumerable.Range(0, Count)];
        else
            Arrange(order);
        int[]? places = _places;
        if (filter is not null)
            Count = filter.Apply(_rows.AsSpan(0, Count), ref places, firstOrdinal);
    }

    void Arrange(KeyOrder<T> keyOrder)
    {
        _places = keyOrder.Sort(_rows.AsSpan(0, Count));
        var sorted = ArrayPool<T>.Shared.Rent(Count);
        for (var i = 0; i < Count; i++)
            sorted[i] = _rows[_places[i]];
        Release(_rows);
        _rows = sorted;
    }

    internal RowChunk<T> Take(int rows)
    {
        var large = Bytes / Math.Max(Count, 1) is > 0 and var each ? Math.Max(1, ChunkFill<T>.MostBytes / each) : rows;
        var count = (int)Math.Min(Math.Min(rows, large), Count - _taken);
        var chunk = _isWeighed
            ? new RowChunk<T>(Taken(count), _places[_taken..(_taken + count)]) { FirstOrdinal = firstOrdinal, Count = count, FollowsOrder = order is not null && _taken > 0 }
            : new RowChunk<T>(_rows, _places) { FirstOrdinal = firstOrdinal, Start = _taken, Count = count, FollowsOrder = order is not null && _taken > 0 };
        _taken += count;
        return chunk;
    }

    // Large rows are let go of chunk by chunk: the next window is read while the last chunk of this one is written.
    T[] Taken(int count)
    {
        var rows = _rows.AsSpan(_taken, count);
        var taken = rows.ToArray();
        rows.Clear();
        return taken;
    }

    static void Release(T[] rows)
    {
        if (rows.Length > 0)
            ArrayPool<T>.Shared.Return(rows, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }

    // A chunk of this window may still be with the writer when the next window is begun, so the rows are left to the collector then.
    public void Dispose() => _rows = [];
}
