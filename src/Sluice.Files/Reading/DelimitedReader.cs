using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Sluice.Files.Reading;

/// <summary>Reads delimited text: CsvHelper's parser cuts it into fields; what NULL is and what a well-formed row is are decided here.</summary>
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

    internal DelimitedReader(Utf8Input input, char delimiter, char quote, FileReadOptions options)
    {
        _input = input;
        (_delimiter, _quote, _nullText, _maxRowBytes) = (delimiter, quote, options.NullText, options.MaxRowBytes);
        _text = new Utf8Characters(input, options.MaxRowBytes)
        {
            RowTooLong = () => TooLong(_text!.InProgress),
            InvalidBytes = offset => Throw.InvalidUtf8(_input.Path, offset, _line + Lines(_text!.InProgress)),
        };
        _parser = new CsvParser(_text, Configure(delimiter, quote, _ => _isBad = true));
    }

    /// <summary>The headers by position, for messages; null until they are known.</summary>
    internal IReadOnlyList<string>? Headers { get; set; }

    /// <summary>Characters that have become rows.</summary>
    internal long CharactersRead => _parser.CharCount;

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

    internal override int Read(Span<FileRow> rows)
    {
        var count = 0;
        while (count < rows.Length && TryRead(out var row))
            rows[count++] = row;
        return count;
    }

    bool TryRead(out FileRow row)
    {
        while (true)
        {
            var start = _parser.CharCount;
            var line = _line;
            if (!_parser.Read())
            {
                row = default;
                return false;
            }
            // The parser's line is that of the row's end, in 32 bits that may turn over.
            _line += unchecked(_parser.RawRow - _parserLine);
            _parserLine = _parser.RawRow;
            if (TryTake(start, line, out row))
                return true;
        }
    }

    bool TryTake(long start, long line, out FileRow row)
    {
        var fields = _parser.Count;
        var block = Block(fields, out var offset);
        var needsQuotes = false;
        for (var i = 0; i < fields; i++)
        {
            var text = _parser[i];
            block[offset + i] = text;
            needsQuotes |= text.Length == 0 || (_nullText is not null && string.Equals(text, _nullText, StringComparison.Ordinal));
        }
        var length = _parser.CharCount - start;
        if (_isBad || _text.IsEnded || length > _maxRowBytes / 3 || needsQuotes || fields != _fields)
        {
            var raw = _text.Text(start, start + length);
            if (IsBlank(raw))
            {
                row = default;
                return false;
            }
            Check(raw, line, fields);
            if (needsQuotes)
                SetNulls(raw, block.AsSpan(offset, fields));
        }
        row = Keep(fields, line);
        return true;
    }

    static bool IsBlank(ReadOnlySpan<char> raw) => raw.Length <= 2 && raw.Trim("\r\n").IsEmpty;

    void Check(ReadOnlySpan<char> raw, long line, int fields)
    {
        if (length(raw) > _maxRowBytes)
            throw TooLong(raw, line);
        if (_isBad || (_text.IsEnded && _quote != '\0' && raw.Contains(_quote)))
            RefuseQuotes(raw, line);
        if (_fields == 0)
            _fields = fields;
        if (fields != _fields)
            throw Throw.Ragged(_input.Path, line, fields, _fields, Headers is not null, _delimiter);

        static long length(ReadOnlySpan<char> text) => Encoding.UTF8.GetByteCount(text);
    }

    void RefuseQuotes(ReadOnlySpan<char> raw, long line)
    {
        var field = new QuotedField(raw, _delimiter, _quote);
        while (field.MoveNext())
        {
            var opened = line + Lines(raw[..field.Start]);
            if (field.IsUnclosed)
                throw Throw.UnclosedQuote(_input.Path, opened, Header(field.Index), _maxRowBytes, ended: true);
            if (field.Stray < 0)
                continue;
            var before = raw[..field.Stray];
            var column = before.Length - before.LastIndexOfAny('\r', '\n');
            throw Throw.StrayQuote(_input.Path, line + Lines(before), column, Header(field.Index), field.IsQuoted ? opened : null, _quote);
        }
    }

    Exception TooLong(ReadOnlySpan<char> raw) => TooLong(raw, _line);

    FileSourceException TooLong(ReadOnlySpan<char> raw, long line)
    {
        var field = new QuotedField(raw, _delimiter, _quote);
        while (_quote != '\0' && field.MoveNext())
        {
            if (field.IsUnclosed)
                return Throw.UnclosedQuote(_input.Path, line + Lines(raw[..field.Start]), Header(field.Index), _maxRowBytes, ended: false);
        }
        return Throw.RowTooLong(_input.Path, line, _maxRowBytes);
    }

    void SetNulls(ReadOnlySpan<char> raw, Span<string?> values)
    {
        var field = new QuotedField(raw, _delimiter, _quote);
        var hasQuotes = _quote != '\0' && raw.Contains(_quote);
        for (var i = 0; i < values.Length; i++)
        {
            if (hasQuotes)
                field.MoveNext();
            if (!(hasQuotes && field.IsQuoted) && (values[i]!.Length == 0 || string.Equals(values[i], _nullText, StringComparison.Ordinal)))
                values[i] = null;
        }
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

    public override void Dispose() => _parser.Dispose();
}
