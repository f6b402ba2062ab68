using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Rows as the source gave them, with those of them that are sent.</summary>
/// <param name="Rows">All rows, in order.</param>
/// <param name="Count">How many.</param>
/// <param name="Stays">Which are sent; null where all are.</param>
/// <param name="Sent">Those that are sent.</param>
sealed record GivenChunk<T>(T[] Rows, int Count, bool[]? Stays, RowChunk<T> Sent);

/// <summary>Cuts a source into chunks in its own order, and keeps the rows at hand that a policy leaves out.</summary>
sealed class GivenChunks<T>(RowSource<T> source, DuplicateFilter<T>? filter, UnsetKeys<T>? unset, int size,
    RowWeight<T>? weight = null) : IDisposable
{
    readonly ChunkFill<T> _source = new(source, weight, unset);
    readonly T[] _block = ChunkBlocks<T>.Rent(size);
    T[]? _all;
    bool[]? _allStay;
    int _taken;
    long _ordinal;

    /// <summary>Rows that were left out so far.</summary>
    internal long Dropped => filter?.Dropped ?? 0;

    /// <summary>The next chunk, whose rows are good until the one after it; null at the end of the source.</summary>
    internal async ValueTask<GivenChunk<T>?> ReadAsync(CancellationToken cancellationToken)
    {
        // Which row is the last of its key is known at the end of the source only.
        if (filter is { NeedsAll: true } && _all is null)
            await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var count = _all is null ? await _source.FillAsync(_block.AsMemory(0, size), cancellationToken).ConfigureAwait(false) : TakeOfAll();
        if (count == 0)
            return null;
        var first = _ordinal;
        _ordinal += count;
        var stays = _all is null ? filter?.FindStaying(_block.AsSpan(0, count), null, first) : _allStay?[(_taken - count).._taken];
        return new GivenChunk<T>(_block, count, stays, Sent(count, stays, first));
    }

    RowChunk<T> Sent(int count, bool[]? stays, long first)
    {
        if (stays is null)
            return new RowChunk<T>(_block, null) { FirstOrdinal = first, Count = count };
        var places = Enumerable.Range(0, count).Where(i => stays[i]).ToArray();
        return new RowChunk<T>([.. places.Select(i => _block[i])], places) { FirstOrdinal = first, Count = places.Length };
    }

    int TakeOfAll()
    {
        var count = Math.Min(size, _all!.Length - _taken);
        _all.AsSpan(_taken, count).CopyTo(_block);
        _taken += count;
        return count;
    }

    async ValueTask ReadAllAsync(CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        for (var count = await _source.FillAsync(_block.AsMemory(0, size), cancellationToken).ConfigureAwait(false); count > 0; count = await _source.FillAsync(_block.AsMemory(0, size), cancellationToken).ConfigureAwait(false))
            rows.AddRange(_block.AsSpan(0, count));
        _all = [.. rows];
        _allStay = filter!.FindStaying(_all, null, 0);
    }

    public void Dispose() => ChunkBlocks<T>.Return(_block, size);
}
