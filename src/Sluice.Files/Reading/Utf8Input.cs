namespace Sluice.Files.Reading;

/// <summary>The decompressed bytes of a file, block by block, with their place in it.</summary>
sealed class Utf8Input(Stream stream, string path) : IAsyncDisposable
{
    byte[] _buffer = new byte[1 << 16];
    int _start;
    int _end;
    long _offset;

    /// <summary>How messages name the file's place.</summary>
    internal string Path { get; } = path;

    /// <summary>The bytes that have been read and not taken.</summary>
    internal ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The place in the file of the first available byte.</summary>
    internal long Offset => _offset;

    /// <summary>Where members of a gzip file begin.</summary>
    internal Queue<long>? MemberStarts { get; } = (stream as GzipInput)?.Members.Starts;

    /// <summary>Whether the source has no more bytes than the available ones.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Reads until that many bytes are available, or the end.</summary>
    internal async ValueTask PeekAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Takes bytes.</summary>
    internal void Advance(int count)
    {
        _start += count;
        _offset += count;
    }

    /// <summary>Reads more bytes behind the available ones; false at the end.</summary>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (IsEnded)
            return false;
        if (_start == _end)
            _start = _end = 0;
        else if (_end == _buffer.Length)
            MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        IsEnded = count == 0;
        _end += count;
        return count > 0;
    }

    void MakeRoom()
    {
        var target = _start > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
        Available.CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
