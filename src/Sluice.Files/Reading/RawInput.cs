namespace Sluice.Files.Reading;

/// <summary>The bytes of the source as they are stored: counts them, and tells a source that fails from one that ends.</summary>
/// <param name="stream">The source.</param>
/// <param name="path">What messages call it.</param>
/// <param name="length">The bytes that it has, or null.</param>
/// <param name="isFile">
/// Whether it is a file of ours, whose reads wait for a disk only: to pass each to another thread would take longer than most of them.
/// </param>
sealed class RawInput(Stream stream, string path, long? length, bool isFile) : InputStream
{
    // Enough to know a tar by, whose name stands behind its first file's.
    const int HeadBytes = 512;

    readonly byte[] _head = new byte[HeadBytes];
    int _headStart;
    int _headEnd;
    long _read;

    /// <summary>Bytes given out so far; read by other threads for progress.</summary>
    internal long BytesRead => Volatile.Read(ref _read);

    internal long? TotalBytes => length;

    /// <summary>The first bytes, which are given out again afterwards.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> PeekHeadAsync(CancellationToken cancellationToken)
    {
        while (_headEnd < _head.Length)
        {
            var count = await ReadStreamAsync(_head.AsMemory(_headEnd), cancellationToken).ConfigureAwait(false);
            if (count == 0)
                break;
            _headEnd += count;
        }
        return _head.AsMemory(0, _headEnd);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(buffer.Length, _headEnd - _headStart);
        if (count > 0)
        {
            _head.AsMemory(_headStart, count).CopyTo(buffer);
            _headStart += count;
        }
        else
        {
            count = await ReadStreamAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0 && length > _read)
                throw InputProblems.Shrunk(path, length.Value, _read);
        }
        Volatile.Write(ref _read, _read + count);
        return count;
    }

    async ValueTask<int> ReadStreamAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return isFile ? FromDisk(buffer.Span) : await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputProblems.ReadFailed(path, _read, e);
        }
    }

    int FromDisk(Span<byte> buffer) => stream.Read(buffer);

    public override ValueTask DisposeAsync() => stream.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
