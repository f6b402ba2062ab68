namespace Sluice.Files.Reading;

/// <summary>
/// Feeds a <see cref="System.IO.Compression.GZipStream"/>, which by itself takes a truncated file for a finished one and passes over
/// whatever follows the last member.
/// </summary>
/// <remarks>
/// After the file's last byte one more member is fed, whose content is <see cref="Mark"/>. A decoder that has finished its last member
/// takes it for the next one and gives out the mark; a decoder that is still within a member cannot. Zeros at the end of the file are
/// fed one at a time, so that asking for them tells padding, which gzip allows, from other bytes, which the decoder would leave unread.
/// </remarks>
sealed class GzipFeed(RawInput raw, GzipMembers members) : InputStream
{
    static readonly byte[] s_member = MakeMember();

    readonly byte[] _buffer = new byte[1 << 16];
    int _start;
    int _end;
    long _zerosBefore;
    long _zerosAfter;
    int _fed;
    bool _ended;

    /// <summary>The content of the member that is fed last.</summary>
    internal static ReadOnlySpan<byte> Mark => "sluice:end-of-gz"u8;

    /// <summary>Whether the decoder has asked for bytes after the file's last one that is not zero.</summary>
    internal bool IsPastEnd { get; private set; }

    /// <summary>Whether the decoder has been given the last member.</summary>
    internal bool HasFedMark => _fed > 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_zerosBefore == 0 && _start == _end && !_ended)
            await FillAsync(cancellationToken).ConfigureAwait(false);
        var count = Take(buffer.Span);
        members.Fed(buffer.Span[..count]);
        return count;
    }

    int Take(Span<byte> buffer)
    {
        if (_zerosBefore > 0)
            return Take(ref _zerosBefore, buffer);
        if (_start < _end)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }
        IsPastEnd = true;
        if (_zerosAfter > 0)
            return Take(ref _zerosAfter, buffer[..1]);
        var rest = Math.Min(buffer.Length, s_member.Length - _fed);
        s_member.AsSpan(_fed, rest).CopyTo(buffer);
        _fed += rest;
        return rest;
    }

    static int Take(ref long zeros, Span<byte> buffer)
    {
        var count = (int)Math.Min(zeros, buffer.Length);
        buffer[..count].Clear();
        zeros -= count;
        return count;
    }

    async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var count = await raw.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            var kept = _buffer.AsSpan(0, count).LastIndexOfAnyExcept((byte)0) + 1;
            _ended = count == 0;
            if (kept > 0)
                _zerosBefore = _zerosAfter;
            _zerosAfter = kept > 0 ? count - kept : _zerosAfter + count;
            _start = 0;
            _end = kept;
            if (_ended || kept > 0)
                return;
        }
    }

    static byte[] MakeMember()
    {
        using var memory = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(Mark);
        return memory.ToArray();
    }
}
