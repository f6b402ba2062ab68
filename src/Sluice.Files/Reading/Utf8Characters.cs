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
/// It cannot wait, so it is given whole rows only, once they are at hand.
/// </remarks>
sealed class Utf8Characters(Utf8Input input, char quote, long maxRowBytes) : TextReader
{
    const int LongestCharacter = 4;

    readonly RowEnds _rows = new(quote);
    readonly Queue<long> _memberStarts = new();
    char[] _buffer = [];
    long _origin;
    long _given;
    long _whole;
    int _inProgress;
    char? _secondHalf;
    long _reach;
    int _step;
    bool _isTooLong;

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

    /// <summary>Whether a row stands whole behind a place in the text, or is too long to.</summary>
    internal bool HasRow(long place) => place < _whole || input.Offset < _rows.End || _isTooLong;

    /// <summary>Whether a member of a gzip file begins with the row at a place in the text.</summary>
    internal bool BeginsMember(long place)
    {
        while (_memberStarts.TryPeek(out var start) && start < place)
            _memberStarts.Dequeue();
        return _memberStarts.TryPeek(out var next) && next == place;
    }

    /// <summary>Waits until another row is at hand; false where there is none.</summary>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _step = LongestCharacter;
        _rows.Scan(input);
        while (input.Offset >= _rows.End && !input.IsEnded)
        {
            // Some way beyond the limit, to see whether a quote is closed there. The parser says what is wrong with the row.
            _isTooLong = input.Available.Length > (maxRowBytes * 2) + 2;
            if (_isTooLong)
            {
                _reach = input.Offset + input.Available.Length;
                return true;
            }
            await input.FillAsync(cancellationToken).ConfigureAwait(false);
            _rows.Scan(input);
        }
        return input.Offset < _rows.End;
    }

    /// <summary>Whether the next quote at hand closes a field, as one that begins another field would not.</summary>
    internal bool ClosesQuote(char mark, char delimiter)
    {
        Span<char> text = new char[input.Available.Length];
        Utf8.ToUtf16(input.Available, text, out _, out var length);
        text = text[..length];
        while (text.IndexOf(mark) is >= 0 and var at)
        {
            text = text[(at + 1)..];
            if (text.IsEmpty || text[0] != mark)
                return text.IsEmpty ? input.IsEnded : text[0] == delimiter || text[0] is '\r' or '\n';
            text = text[1..];
        }
        return false;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        _buffer = buffer;
        _inProgress = index;
        _origin = _given - index;
        if (index > maxRowBytes)
            throw RowTooLong();
        var written = Decode(buffer.AsSpan(index, (int)Math.Min(count, maxRowBytes + 2 - index)));
        _given += written;
        if (input.Offset <= _rows.End && _secondHalf is null)
            _whole = _given;
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
            var bytes = AtHand(out var isLast);
            var status = Utf8.ToUtf16(bytes, room, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: isLast);
            input.Advance(read);
            // What precedes a fault is given out first, so that the rows before it are rows.
            if (written > 0)
                return written;
            if (status is OperationStatus.InvalidData)
                throw InvalidBytes(input.Offset);
            if (status is OperationStatus.DestinationTooSmall)
                return SplitPair(room);
            if (!TryMore(bytes.Length))
                return 0;
        }
    }

    // Up to the end of the whole rows, and to where a member begins.
    ReadOnlySpan<byte> AtHand(out bool isLast)
    {
        var bytes = input.Available;
        var length = Math.Clamp((input.Offset < _rows.End ? _rows.End : _reach) - input.Offset, 0, bytes.Length);
        if (input.MemberStarts is { Count: > 0 } starts)
        {
            while (starts.TryPeek(out var start) && start <= input.Offset)
            {
                if (start == input.Offset)
                    _memberStarts.Enqueue(_given);
                starts.Dequeue();
            }
            if (starts.TryPeek(out var next))
                length = Math.Min(length, next - input.Offset);
        }
        isLast = input.IsEnded && length == bytes.Length;
        return bytes[..(int)length];
    }

    /// <summary>Whether there is more, for a parser that asks in the middle of a row, or that was given no whole character.</summary>
    bool TryMore(int looked)
    {
        // A member may end within a character. It does not begin with a row then.
        if (looked > 0 && input.MemberStarts is { } starts && starts.TryPeek(out var start) && start == input.Offset + looked)
        {
            starts.Dequeue();
            return true;
        }
        if (_isTooLong)
            throw RowTooLong();
        if (looked < input.Available.Length)
        {
            // It looks for the line feed behind a carriage return; or quotes out of place make rows end elsewhere than they were taken to.
            _reach = input.Offset + looked + _step;
            _step = Math.Min(_step * LongestCharacter, 1 << 16);
            return true;
        }
        // Only where quotes are out of place, so that the row is refused once it is complete.
        var isMore = input.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _rows.Scan(input);
        _reach = input.Offset + input.Available.Length;
        return isMore || !input.Available.IsEmpty;
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
}
