using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Sluice.Files.Reading;

/// <summary>
/// Reads delimited text: CsvHelper's parser cuts it into fields; what NULL is and what a well-formed row is are decided here.
/// </summary>
sealed class DelimitedReader : RecordReader
{
    readonly Utf8Input _input;
    readonly Utf8Characters _text;
    readonly CsvParser _parser;
    readonly char _delimiter;
    readonly char _quote;
    readonly string? _nullText;
    readonly long _maxRowBytes;
    int _fields;
    long _line = 1;
    int _parserLine;
    bool _isBad;
    bool _endsByReturn;
    string? _first;

    internal DelimitedReader(Utf8Input input, char delimiter, char quote, FileReadOptions options)
    {
        _input = input;
        (_delimiter, _quote, _nullText, _maxRowBytes) = (delimiter, quote, options.NullText, options.MaxRowBytes);
        _text = new Utf8Characters(input, quote, options.MaxRowBytes)
        {
            RowTooLong = () => TooLong(_text!.InProgress),
            InvalidBytes = offset => LineProblems.InvalidUtf8(_input.Path, offset, _line + Lines(_text!.InProgress)),
        };
        _parser = new CsvParser(_text, Configure(delimiter, quote, _ => _isBad = true));
    }

    /// <summary>The headers by position, for messages; null until they are known.</summary>
    internal IReadOnlyList<string>? Headers { get; set; }

    /// <summary>Characters that have become rows.</summary>
    internal long CharactersRead => _parser.CharCount;

    /// <summary>Whether every field has quotes so far, as a writer makes them that quotes all, NULL too.</summary>
    internal bool IsFullyQuoted { get; private set; } = true;

    /// <summary>The lines, before the first row, that have no characters.</summary>
    internal List<long> BlankLines { get; } = [];

    /// <summary>The rows, by their lines, that say again what the first one says, and with which a member of a gzip file begins.</summary>
    internal HashSet<long> Repeated { get; } = [];

    /// <summary>Passes over such rows: they are headers.</summary>
    internal bool PassesRepeated { get; set; }

    /// <summary>The columns, without the one behind the delimiter that ends every line; 0 if there is none.</summary>
    internal int ColumnsBeforeEnd { get; set; }

    internal static CsvConfiguration Configure(char delimiter, char quote, BadDataFound badData) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        Quote = quote == '\0' ? '"' : quote,
        Escape = quote == '\0' ? '"' : quote,
        Mode = quote == '\0' ? CsvMode.NoEscape : CsvMode.RFC4180,
        // A blank line is passed over here, where its line is counted.
        IgnoreBlankLines = false,
        BufferSize = 1 << 16,
        BadDataFound = badData,
    };

    internal override ValueTask<bool> FillAsync(CancellationToken cancellationToken) => _text.FillAsync(cancellationToken);

    protected override bool TryRead(out FileRow row)
    {
        while (_text.HasRow(_parser.CharCount))
        {
            var start = _parser.CharCount;
            var line = _line;
            if (!_parser.Read())
                break;
            // The parser's line is that of the row's end, in 32 bits that may turn over.
            _line += unchecked(_parser.RawRow - _parserLine);
            _parserLine = _parser.RawRow;
            if (TryTake(start, line, out row))
                return true;
        }
        row = default;
        return false;
    }

    bool TryTake(long start, long line, out FileRow row)
    {
        var raw = _text.Text(start, _parser.CharCount);
        var fields = _parser.Count;
        row = default;
        if (fields == 1 && raw.Length <= 2 && raw.Trim("\r\n").IsEmpty && !IsRow(line))
            return false;
        if (_fields == 0)
            Begin(raw, fields);
        else if (_text.BeginsMember(start) && IsRepeated(raw, line))
            return false;
        var hasQuotes = _quote != '\0' && raw.Contains(_quote);
        IsFullyQuoted &= hasQuotes;
        var length = hasQuotes ? TakeQuoted(raw, line, fields) : TakePlain(raw, fields);
        if (raw.Length > _maxRowBytes / 3 && Encoding.UTF8.GetByteCount(raw) > _maxRowBytes)
            throw TooLong(raw, line);
        if (fields != _fields)
            throw LineProblems.Ragged(_input.Path, line, fields, _fields, Headers is not null, _delimiter, Bounds(fields)[^1] < 0);
        if (fields == 1 && !_text.IsEnded && EndsByReturn(raw) != _endsByReturn)
            throw LineProblems.OtherBreak(_input.Path, line, _endsByReturn);
        if (ColumnsBeforeEnd > 0 && Bounds(fields)[^1] >= 0)
            throw LineProblems.BehindLastHeader(_input.Path, line, _delimiter);
        row = Keep(length, fields, line);
        if (ColumnsBeforeEnd > 0)
            row = row.First(ColumnsBeforeEnd);
        return true;
    }

    // In a file of one column a line without characters is a row without a value; in any other it is none.
    bool IsRow(long line)
    {
        if (_fields == 0)
            BlankLines.Add(line);
        return _fields == 1;
    }

    void Begin(ReadOnlySpan<char> raw, int fields)
    {
        _fields = fields;
        _endsByReturn = EndsByReturn(raw);
        if (_input.MemberStarts is not null)
            _first = raw.TrimEnd("\r\n").ToString();
    }

    // With fields to count, a break in the wrong place is noticed; with one field it would make a row.
    static bool EndsByReturn(ReadOnlySpan<char> raw) => raw is [.., '\r'];

    bool IsRepeated(ReadOnlySpan<char> raw, long line)
    {
        // A file with a mark of its encoding has it once more.
        var isRepeated = raw.TrimEnd("\r\n").TrimStart('\uFEFF').SequenceEqual(_first);
        if (isRepeated && !PassesRepeated)
            Repeated.Add(line);
        return isRepeated && PassesRepeated;
    }

    /// <summary>A row of one column without a value.</summary>
    internal FileRow Blank(long line)
    {
        Reserve(0, 1);
        Bounds(1).Fill(-1);
        return Keep(0, 1, line);
    }

    // Nearly all rows have no quote: their fields are what stands between the delimiters, and no string is made of them.
    int TakePlain(ReadOnlySpan<char> raw, int fields)
    {
        var text = raw.TrimEnd("\r\n");
        text.CopyTo(Reserve(text.Length, fields));
        var bounds = Bounds(fields);
        var start = 0;
        for (var i = 0; i < bounds.Length; i += 2)
        {
            var rest = text[start..];
            var length = i == bounds.Length - 2 ? rest.Length : rest.IndexOf(_delimiter);
            bounds[i] = start;
            bounds[i + 1] = length == 0 || IsNullText(rest[..length]) ? -1 : start + length;
            start += length + 1;
        }
        return text.Length;
    }

    int TakeQuoted(ReadOnlySpan<char> raw, long line, int fields)
    {
        var room = Reserve(raw.Length, fields);
        var bounds = Bounds(fields);
        var used = 0;
        for (var i = 0; i < fields; i++)
        {
            var text = _parser[i];
            // The parser takes what is left of a malformed field; the row is refused below.
            text.CopyTo(room[used..]);
            bounds[i * 2] = used;
            bounds[(i * 2) + 1] = used += text.Length;
        }
        if (_isBad || _text.IsEnded)
            RefuseQuotes(raw, line);
        var field = new QuotedField(raw, _delimiter, _quote);
        for (var i = 0; i < bounds.Length && field.MoveNext(); i += 2)
        {
            IsFullyQuoted &= field.IsQuoted;
            if (!field.IsQuoted && (bounds[i] == bounds[i + 1] || IsNullText(room[bounds[i]..bounds[i + 1]])))
                bounds[i + 1] = -1;
        }
        return used;
    }

    bool IsNullText(ReadOnlySpan<char> text) => _nullText is not null && text.SequenceEqual(_nullText);

    void RefuseQuotes(ReadOnlySpan<char> raw, long line)
    {
        var field = new QuotedField(raw, _delimiter, _quote);
        while (field.MoveNext())
        {
            var opened = line + Lines(raw[..field.Start]);
            if (field.IsUnclosed)
                throw LineProblems.UnclosedQuote(_input.Path, opened, Header(field.Index), _maxRowBytes, ended: true);
            if (field.Stray < 0)
                continue;
            var before = raw[..field.Stray];
            var column = before.Length - before.LastIndexOfAny('\r', '\n');
            throw LineProblems.StrayQuote(_input.Path, line + Lines(before), column, Header(field.Index), field.IsQuoted ? opened : null,
                _quote);
        }
    }

    Exception TooLong(ReadOnlySpan<char> raw) => TooLong(raw, _line);

    FileSourceException TooLong(ReadOnlySpan<char> raw, long line)
    {
        var field = new QuotedField(raw, _delimiter, _quote);
        while (_quote != '\0' && field.MoveNext())
        {
            if (field.IsUnclosed && !_text.ClosesQuote(_quote, _delimiter))
                return LineProblems.UnclosedQuote(_input.Path, line + Lines(raw[..field.Start]), Header(field.Index), _maxRowBytes,
                    ended: false);
            if (field.IsUnclosed)
                return LineProblems.RowTooLong(_input.Path, line, Header(field.Index), _maxRowBytes);
        }
        return LineProblems.RowTooLong(_input.Path, line, column: null, _maxRowBytes);
    }

    string? Header(int index) => Headers is not null && index < Headers.Count ? Headers[index] : null;

    /// <summary>The line breaks in a text: CR LF, LF or CR.</summary>
    internal static int Lines(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (text.IndexOfAny('\r', '\n') is >= 0 and var next)
        {
            count++;
            text = text[(next + (text[next] == '\r' && next + 1 < text.Length && text[next + 1] == '\n' ? 2 : 1))..];
        }
        return count;
    }

    public override ValueTask DisposeAsync()
    {
        _parser.Dispose();
        return _input.DisposeAsync();
    }
}
