using System.Text;

namespace Sluice.Files.Reading;

/// <summary>
/// Finds how far the bytes at hand are whole rows of delimited text, so that rows are parsed only where no byte of them must be waited for.
/// </summary>
/// <remarks>
/// A line break ends a row where an even number of quotes stands before it. In a well-formed file that is every row's end; in a malformed
/// one it may be too late, which is then refused for its quotes.
/// </remarks>
sealed class RowEnds(char quote)
{
    readonly byte[] _quote = quote == '\0' ? [] : Encoding.UTF8.GetBytes([quote]);
    long _scanned;
    bool _isQuoted;

    /// <summary>The place behind the last row that is whole, or of the byte behind those that were found so before.</summary>
    internal long End { get; private set; }

    /// <summary>Looks at what has been added to the bytes at hand.</summary>
    internal void Scan(Utf8Input input)
    {
        var bytes = input.Available;
        if (input.IsEnded)
        {
            End = input.Offset + bytes.Length;
            return;
        }
        var from = (int)Math.Max(0, _scanned - input.Offset);
        // A quote of several bytes may be cut in two, and so may a line break.
        var to = _quote.Length > 1 ? WholeCharacters(bytes) : bytes.Length;
        if (to > 0 && bytes[to - 1] == '\r')
            to--;
        if (to <= from)
            return;
        var added = bytes[from..to];
        _isQuoted ^= (Quotes(added) & 1) != 0;
        _scanned = input.Offset + to;
        var end = LastEnd(added);
        if (end > 0)
            End = input.Offset + from + end;
    }

    // From behind, so that only the tail is looked at closely.
    int LastEnd(ReadOnlySpan<byte> bytes)
    {
        var isQuoted = _isQuoted;
        var end = bytes.Length;
        while (bytes[..end].LastIndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var at)
        {
            isQuoted ^= (Quotes(bytes[at..end]) & 1) != 0;
            if (!isQuoted)
                return at + 1;
            end = at;
        }
        return 0;
    }

    int Quotes(ReadOnlySpan<byte> bytes) => _quote.Length switch
    {
        0 => 0,
        1 => bytes.Count(_quote[0]),
        _ => bytes.Count(_quote),
    };

    static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        for (var i = 0; i < 3 && end > 0 && (bytes[end - 1] & 0xc0) == 0x80; i++)
            end--;
        return end > 0 && bytes[end - 1] >= 0xc0 ? end - 1 : bytes.Length;
    }
}
