namespace Sluice.Files.Reading;

/// <summary>The bytes of the source as they are stored: counts them, and tells a source that fails from one that ends.</summary>
sealed class RawInput(Stream stream, string path, long? length) : InputStream
{
    readonly byte[] _head = new byte[4];
    int _headStart;
    int _headEnd;
    long _read;

    /// <summary>Bytes given out so far; read by other threads for progress.</summary>
    internal long BytesRead => Volatile.Read(ref _read);

    internal long? TotalBytes => length;

    /// <summary>The first bytes, which are given out again afterwards.</summary>
    internal ReadOnlySpan<byte> PeekHead()
    {
        while (_headEnd < _head.Length)
        {
            var count = ReadStream(_head.AsSpan(_headEnd));
            if (count == 0)
                break;
            _headEnd += count;
        }
        return _head.AsSpan(0, _headEnd);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _headEnd - _headStart);
        if (count > 0)
        {
            _head.AsSpan(_headStart, count).CopyTo(buffer);
            _headStart += count;
        }
        else
        {
            count = ReadStream(buffer);
            if (count == 0 && length > _read)
                throw Throw.Shrunk(path, length.Value, _read);
        }
        Volatile.Write(ref _read, _read + count);
        return count;
    }

    int ReadStream(Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Throw.ReadFailed(path, _read, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
