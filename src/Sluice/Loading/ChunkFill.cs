namespace Sluice.Loading;

/// <summary>Reads the rows of a chunk: as many as it may have, and no more than it may take of memory.</summary>
sealed class ChunkFill<T>(RowSource<T> source, RowWeight<T>? weight, UnsetKeys<T>? unset)
{
    /// <summary>What a chunk's rows take before it counts as full.</summary>
    internal const long MostBytes = 8L << 20;

    // Rows of a megabyte are no rarity: the first few are measured before many more are read, and what is read at once is what the rows
    // before it suggest, a quarter of the chunk at most.
    const int FirstStep = 4;
    const int MostAtOnce = 256;
    const long MostBytesAtOnce = MostBytes / 4;

    readonly bool _isKnown = weight?.IsKnown ?? true;
    int _step = FirstStep;
    long _read = source.FirstOrdinal;

    /// <summary>Whether the source has no more rows.</summary>
    internal bool Ended { get; private set; }

    /// <summary>What the rows that were read last take; 0 where it does not vary.</summary>
    internal long Bytes { get; private set; }

    /// <returns>The rows read; 0 only at the end.</returns>
    internal async ValueTask<int> FillAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        var count = 0;
        Bytes = 0;
        while (count < block.Length && Bytes < MostBytes && !Ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var most = _isKnown ? block.Length - count : Math.Min(block.Length - count, _step);
            var read = await SourceFault.ReadAsync(source, block.Slice(count, most), _read, cancellationToken).ConfigureAwait(false);
            Ended = read == 0;
            unset?.Check(block.Span.Slice(count, read));
            var bytes = weight?.Of(block.Span.Slice(count, read)) ?? 0;
            Bytes += bytes;
            _step = (int)Math.Clamp(MostBytesAtOnce * read / Math.Max(bytes, 1), 1, MostAtOnce);
            count += read;
            _read += read;
        }
        return count;
    }
}
