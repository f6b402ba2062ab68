using System.IO.Compression;

namespace Sluice.Files.Reading;

/// <summary>Decompresses gzip, and refuses a file that ends within a member or goes on with something else after the last one.</summary>
sealed class GzipInput : InputStream
{
    readonly RawInput _raw;
    readonly GzipFeed _feed;
    readonly GZipStream _decoder;
    readonly string _path;
    // What the decoder gave out once it had been fed the mark: the file's last bytes, then the mark.
    byte[] _held = [];
    int _heldStart;
    int _heldEnd;
    bool _ended;

    internal GzipInput(RawInput raw, string path)
    {
        _raw = raw;
        _path = path;
        _feed = new GzipFeed(raw, Members);
        _decoder = new GZipStream(_feed, CompressionMode.Decompress);
    }

    /// <summary>Where members begin in what is given out.</summary>
    internal GzipMembers Members { get; } = new();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_feed.HasFedMark)
        {
            var count = await DecodeAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (!_feed.HasFedMark)
                return count > 0 || _feed.IsPastEnd ? count : throw InputProblems.TrailingBytes(_path, _raw.BytesRead);
            Hold(buffer.Span[..count]);
            _ended = count == 0;
        }
        return await ReadHeldAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<int> ReadHeldAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_ended && _heldEnd - _heldStart <= GzipFeed.Mark.Length)
        {
            var count = await DecodeAsync(buffer, cancellationToken).ConfigureAwait(false);
            Hold(buffer.Span[..count]);
            _ended = count == 0;
        }
        var ready = Math.Min(_heldEnd - _heldStart - GzipFeed.Mark.Length, buffer.Length);
        if (ready < 0 || (ready == 0 && !_held.AsSpan(_heldStart, _heldEnd - _heldStart).SequenceEqual(GzipFeed.Mark)))
            throw InputProblems.Truncated(_path, "gzip", _raw.BytesRead, innerException: null);
        _held.AsMemory(_heldStart, ready).CopyTo(buffer);
        _heldStart += ready;
        return ready;
    }

    void Hold(ReadOnlySpan<byte> bytes)
    {
        var kept = _heldEnd - _heldStart;
        var room = new byte[kept + bytes.Length];
        _held.AsSpan(_heldStart, kept).CopyTo(room);
        bytes.CopyTo(room.AsSpan(kept));
        (_held, _heldStart, _heldEnd) = (room, 0, room.Length);
    }

    async ValueTask<int> DecodeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Members.Gave(count);
            return count;
        }
        catch (InvalidDataException e)
        {
            // The checks of a truncated member fail on the mark; those of a damaged one fail before it.
            throw _feed.HasFedMark
                ? InputProblems.Truncated(_path, "gzip", _raw.BytesRead, e)
                : InputProblems.Corrupt(_path, "gzip", _raw.BytesRead, e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _decoder.DisposeAsync().ConfigureAwait(false);
        await _raw.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _raw.Dispose();
        }
        base.Dispose(disposing);
    }
}
