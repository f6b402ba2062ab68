using System.Buffers.Binary;

namespace Sluice.Files.Reading;

/// <summary>Finds where the members of a gzip file begin in what they decompress to, which the framework's decoder does not say.</summary>
/// <remarks>
/// A member ends with its length, and the next one begins with three known bytes: among those that the decoder was given last, both
/// together tell a place to within one chance in 2^40 for each compressed byte. https://www.rfc-editor.org/rfc/rfc1952#section-2.3
/// </remarks>
sealed class GzipMembers
{
    // The decoder holds 8 KiB of its input, and the end of the member may have been in the block before.
    const int Kept = 1 << 14;

    static ReadOnlySpan<byte> Beginning => [0x1f, 0x8b, 0x08];

    readonly byte[] _recent = new byte[Kept * 2];
    readonly Queue<long> _starts = new();
    int _length;
    long _fed;
    long _known;
    long _start;
    long _given;

    /// <summary>Where members other than the first begin, as far as they are known and have not been taken.</summary>
    internal Queue<long> Starts => _starts;

    /// <summary>Notes bytes that the decoder is given.</summary>
    internal void Fed(ReadOnlySpan<byte> bytes)
    {
        _fed += bytes.Length;
        if (bytes.Length > Kept)
            bytes = bytes[^Kept..];
        if (_length + bytes.Length > _recent.Length)
        {
            _recent.AsSpan(_length - Kept, Kept).CopyTo(_recent);
            _length = Kept;
        }
        bytes.CopyTo(_recent.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Notes how many bytes the decoder gave out.</summary>
    internal void Gave(int count)
    {
        var before = _given;
        _given += count;
        var at = (int)Math.Max(0, _known - (_fed - _length));
        while (_recent.AsSpan(at, _length - at).IndexOf(Beginning) is >= 0 and var next)
        {
            at += next;
            if (at >= sizeof(uint) && Ends(BinaryPrimitives.ReadUInt32LittleEndian(_recent.AsSpan(at - sizeof(uint))), before))
                _known = _fed - _length + at + Beginning.Length;
            at += Beginning.Length;
        }
    }

    // The length is said in 32 bits.
    bool Ends(uint length, long before)
    {
        var end = _start + length;
        if (end < before)
            end += (before - end + uint.MaxValue) & ~(long)uint.MaxValue;
        if (end < before || end > _given)
            return false;
        _start = end;
        _starts.Enqueue(end);
        return true;
    }
}
