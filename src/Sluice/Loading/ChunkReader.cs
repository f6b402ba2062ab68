using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Cuts a source into chunks, sorted by key within a bounded window where the rows do not come in key order already.</summary>
sealed class ChunkReader<T>(
    RowSource<T> source, KeyOrder<T>? order, ChunkSize size, DuplicateFilter<T>? filter = null, UnsetKeys<T>? unset = null, RowForms<T>? forms = null, RowWeight<T>? weight = null) : IDisposable
{
    // Sorting within single chunks leaves an index's pages scattered; a million rows bring nearly all of the gain of sorting everything.
    const int WindowRows = 1 << 20;
    const long WindowBytes = 128L << 20;
    // Where rows are large, their order matters less than the memory that they take.
    const long LargeRow = 4 << 10;
    const long LargeRowsBytes = 32L << 20;

    readonly ChunkFill<T> _source = new(source, weight, unset);
    readonly System.Collections.Concurrent.ConcurrentStack<T[]> _spare = new();
    SortedWindow<T>? _window;
    long _ordinal = source.FirstOrdinal;
    bool _isAfterWindow;

    // Parts of a chunk whose rows have several forms.
    readonly Queue<RowChunk<T>> _parts = new();

    /// <summary>The next chunk, whose rows have one form, or null at the end of the source.</summary>
    internal async ValueTask<RowChunk<T>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (forms is null)
            return await ReadWholeAsync(cancellationToken).ConfigureAwait(false);
        while (_parts.Count == 0)
        {
            if (await ReadWholeAsync(cancellationToken).ConfigureAwait(false) is not { } whole)
                return null;
            foreach (var part in forms.Split(whole))
                _parts.Enqueue(part);
            if (!_parts.Contains(whole))
                Return(whole);
        }
        return _parts.Dequeue();
    }

    async ValueTask<RowChunk<T>?> ReadWholeAsync(CancellationToken cancellationToken)
    {
        if (_window is { IsEmpty: false } window)
            return window.Take(size.Rows);
        _window?.Dispose();
        _window = null;
        if (_source.Ended)
            return null;

        return filter is { NeedsAll: true }
            ? await ReadAllAsync(cancellationToken).ConfigureAwait(false)
            : await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<RowChunk<T>?> ReadMoreAsync(CancellationToken cancellationToken)
    {
        var rows = _spare.TryPop(out var spare) ? spare : ChunkBlocks<T>.Rent(size.Rows);
        var count = await _source.FillAsync(rows.AsMemory(0, size.Rows), cancellationToken).ConfigureAwait(false);
        if (count == 0)
        {
            Return(rows);
            return null;
        }
        // One look at the keys serves both the order and the duplicates.
        var identities = order is null ? null : filter?.IdentitiesFor(count);
        if (order is null || order.ComesInOrder(rows.AsSpan(0, count), identities))
        {
            var chunk = Chunk(rows, count, identified: identities is not null);
            return chunk.Count > 0 ? chunk : await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
        }
        _window = await ReadWindowAsync(order, rows, count, WindowRows, cancellationToken).ConfigureAwait(false);
        _isAfterWindow = true;
        return _window.IsEmpty ? await ReadMoreAsync(cancellationToken).ConfigureAwait(false) : _window.Take(size.Rows);
    }

    async ValueTask<RowChunk<T>?> ReadAllAsync(CancellationToken cancellationToken)
    {
        var rows = ChunkBlocks<T>.Rent(size.Rows);
        var count = await _source.FillAsync(rows.AsMemory(0, size.Rows), cancellationToken).ConfigureAwait(false);
        _window = await ReadWindowAsync(order, rows, count, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return _window.IsEmpty ? null : _window.Take(size.Rows);
    }

    /// <summary>Rows that were left out because another one has their key.</summary>
    internal long Dropped => filter?.Dropped ?? 0;

    /// <summary>Takes back a chunk's block for the next one.</summary>
    internal void Return(RowChunk<T> chunk)
    {
        if (chunk.Places is null)
            _spare.Push(chunk.Buffer);
    }

    RowChunk<T> Chunk(T[] rows, int count, bool identified)
    {
        int[]? places = null;
        var kept = filter?.Apply(rows.AsSpan(0, count), ref places, _ordinal, identified) ?? count;
        var chunk = new RowChunk<T>(rows, places) { FirstOrdinal = _ordinal, Count = kept, FollowsOrder = order is not null && !_isAfterWindow };
        _isAfterWindow = false;
        _ordinal += count;
        return chunk;
    }

    async ValueTask<SortedWindow<T>> ReadWindowAsync(KeyOrder<T>? keyOrder, T[] first, int count, int mostRows,
        CancellationToken cancellationToken)
    {
        var window = new SortedWindow<T>(keyOrder, _ordinal);
        try
        {
            window.Add(first.AsSpan(0, count), weight is null ? null : _source.Bytes);
            while (!_source.Ended && window.Count < mostRows && (mostRows == int.MaxValue || window.Bytes < MostBytes(window)))
            {
                count = await _source.FillAsync(window.Room(size.Rows), cancellationToken).ConfigureAwait(false);
                window.Added(count, weight is null ? null : _source.Bytes);
            }
            _ordinal += window.Count;
            Return(first);
            window.Sort(filter);
            return window;
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    static long MostBytes(SortedWindow<T> window) => window.Bytes / Math.Max(window.Count, 1) > LargeRow ? LargeRowsBytes : WindowBytes;

    void Return(T[] rows) => _spare.Push(rows);

    public void Dispose()
    {
        _window?.Dispose();
        while (_spare.TryPop(out var rows))
            ChunkBlocks<T>.Return(rows, size.Rows);
    }
}
