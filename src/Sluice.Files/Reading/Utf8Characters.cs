using System.Buffers;
using System.Text.Unicode;

namespace Sluice.Files.Reading;

/// <summary>
/// The text of a file for the CSV parser: decodes strictly into the parser's own buffer, and knows which of its characters are the row
/// that the parser is in.
/// </summary>
/// <remarks>
/// The parser asks for characters behind those of the row in progress, which it has moved to the start of its buffer. So the place that it
/// asks at is the length of that row so far, and the buffer tells what a row looked like without making a string of it.
/// </remarks>
sealed class Utf8Characters(Utf8Input input, long maxRowBytes) : TextReader
{
    char[] _buffer = [];
    long _origin;
    long _given;
    int _inProgress;
    char? _secondHalf;

    /// <summary>Explains a row that exceeds the limit.</summary>
    internal required Func<Exception> RowTooLong { get; init; }

    /// <summary>Explains bytes that are not UTF-8, by the place of the first.</summary>
    internal required Func<long, Exception> InvalidBytes { get; init; }

    /// <summary>Whether the parser has been told that there is no more text.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>The characters between two places in the text, while they are those of the last row.</summary>
    internal ReadOnlySpan<char> Text(long start, long end) => _buffer.AsSpan((int)(start - _origin), (int)(end - start));

    /// <summary>The row in progress, as far as it had been read when more of it was asked for.</summary>
    internal ReadOnlySpan<char> InProgress => _buffer.AsSpan(0, _inProgress);

    public override int Read(char[] buffer, int index, int count)
    {
        _buffer = buffer;
        _inProgress = index;
        _origin = _given - index;
        if (index > maxRowBytes)
            throw RowTooLong();
        var written = Decode(buffer.AsSpan(index, (int)Math.Min(count, maxRowBytes + 2 - index)));
        _given += written;
        IsEnded = written == 0;
        return written;
    }

    int Decode(Span<char> room)
    {
        if (_secondHalf is { } half)
        {
            room[0] = half;
            _secondHalf = null;
            return 1;
        }
        while (true)
        {
            var status = Utf8.ToUtf16(input.Available, room, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: input.IsEnded);
            input.Advance(read);
            // What precedes a fault is given out first, so that the rows before it are rows.
            if (written > 0)
                return written;
            if (status is OperationStatus.InvalidData)
                throw InvalidBytes(input.Offset);
            if (status is OperationStatus.DestinationTooSmall)
                return SplitPair(room);
            if (!input.Fill() && input.Available.IsEmpty)
                return 0;
        }
    }

    // The parser may have room for a single character only, while the next one takes two.
    int SplitPair(Span<char> room)
    {
        Span<char> pair = stackalloc char[2];
        Utf8.ToUtf16(input.Available, pair, out var read, out _, replaceInvalidSequences: false, isFinalBlock: false);
        input.Advance(read);
        room[0] = pair[0];
        _secondHalf = pair[1];
        return 1;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
