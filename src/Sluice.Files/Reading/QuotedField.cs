namespace Sluice.Files.Reading;

/// <summary>Walks over the fields of one row's text, to tell quoted fields from others and to say what is wrong with quotes.</summary>
/// <remarks>Only used for rows that need it: those with an empty field beside a quote, and those that are refused.</remarks>
ref struct QuotedField(ReadOnlySpan<char> row, char delimiter, char quote)
{
    readonly ReadOnlySpan<char> _row = row;
    int _next;

    /// <summary>The field's position, from 0.</summary>
    internal int Index { get; private set; } = -1;

    /// <summary>Where the field begins in the row's text.</summary>
    internal int Start { get; private set; }

    /// <summary>Whether the field begins with a quote.</summary>
    internal bool IsQuoted { get; private set; }

    /// <summary>Whether the row ends before the field's closing quote.</summary>
    internal bool IsUnclosed { get; private set; }

    /// <summary>The place in the row's text of a quote that does not belong there, or of text behind a closing quote; else -1.</summary>
    internal int Stray { get; private set; } = -1;

    /// <summary>Goes to the next field; false behind the last one, or behind one that is malformed.</summary>
    internal bool MoveNext()
    {
        if (_next > _row.Length || IsUnclosed || Stray >= 0)
            return false;
        Index++;
        Start = _next;
        IsQuoted = _next < _row.Length && _row[_next] == quote;
        if (IsQuoted && !SkipQuoted())
            return true;
        var rest = _row[_next..];
        var length = rest.IndexOfAny(delimiter, '\r', '\n');
        if (length < 0)
            length = rest.Length;
        var stray = IsQuoted ? (length > 0 ? 0 : -1) : rest[..length].IndexOf(quote);
        if (stray >= 0)
            Stray = _next + stray;
        _next += length;
        // Behind the last field stands a line break or nothing.
        _next = _next < _row.Length && _row[_next] == delimiter ? _next + 1 : _row.Length + 1;
        return true;
    }

    bool SkipQuoted()
    {
        _next++;
        while (true)
        {
            var length = _row[_next..].IndexOf(quote);
            IsUnclosed = length < 0;
            if (IsUnclosed)
                return false;
            _next += length + 1;
            if (_next >= _row.Length || _row[_next] != quote)
                return true;
            _next++;
        }
    }
}
