using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Files.Writing;

/// <summary>Encodes rows as lines of delimited text or of JSON, in UTF-8.</summary>
sealed class RecordEncoder
{
    static readonly SearchValues<char> s_jsonSpecial = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\']);

    static readonly SearchValues<byte> s_breaks = SearchValues.Create("\r\n"u8);

    readonly bool _isJson;
    readonly byte[][] _before;
    readonly SqlTypeKind[] _kinds;
    readonly byte[] _null;
    readonly string? _nullText;
    readonly bool _isExcelSafe;
    readonly SearchValues<char> _special;
    byte[] _bytes = new byte[64 * 1024];

    /// <param name="columns">The columns, whose types say what numbers and JSON are where they come as text.</param>
    /// <param name="format">JSON Lines, or a delimited one.</param>
    /// <param name="delimiter">The character between fields.</param>
    /// <param name="options">The rest.</param>
    internal RecordEncoder(IReadOnlyList<(string Name, SqlTypeKind Kind)> columns, FileFormat format, char delimiter,
        FileWriteOptions options)
    {
        _isJson = format is FileFormat.JsonLines;
        _kinds = [.. columns.Select(c => c.Kind)];
        _before = [.. columns.Select((c, i) => Encoding.UTF8.GetBytes(_isJson
            ? $"{(i == 0 ? "" : ",")}\"{JsonEncodedText.Encode(c.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":"
            : i == 0 ? "" : delimiter.ToString()))];
        _nullText = options.NullText;
        _null = _isJson ? [.. "null"u8] : Encoding.UTF8.GetBytes(_nullText ?? "");
        _isExcelSafe = options.ExcelSafe;
        // The usual delimiters too: whoever looks for this file's finds it by what is not within quotes. At its start U+FEFF would be a
        // mark of the encoding.
        _special = SearchValues.Create([delimiter, ',', ';', '\t', '|', '"', '\r', '\n', '\uFEFF']);
    }

    internal int Length { get; private set; }

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Rows that ended.</summary>
    internal long Ended { get; private set; }

    /// <summary>The field that is being written.</summary>
    internal int Field { get; private set; }

    /// <summary>The type of the field that is being written.</summary>
    internal SqlTypeKind Kind => _kinds[Field];

    internal bool IsJson => _isJson;

    internal void Clear() => Length = 0;

    internal void Header(IEnumerable<string> names)
    {
        BeginRow();
        foreach (var name in names)
        {
            Before();
            Delimited(name, isNumber: false);
            Field++;
        }
        EndLine();
    }

    internal void BeginRow()
    {
        Field = 0;
        if (_isJson)
            Put("{"u8);
    }

    internal void EndRow()
    {
        if (_isJson)
            Put("}"u8);
        EndLine();
        Ended++;
    }

    void EndLine() => Put("\n"u8);

    internal void Null()
    {
        Before();
        Put(_null);
        Field++;
    }

    /// <summary>Writes a number, or what JSON has no number for in quotes.</summary>
    internal void Number<T>(T value, ReadOnlySpan<char> format, bool isFinite = true)
        where T : IUtf8SpanFormattable
    {
        if (isFinite)
            Plain(value, format);
        else
            Word(value, format);
    }

    /// <summary>Writes a value whose text has nothing in it that needs quotes, save in JSON.</summary>
    internal void Word<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Before();
        var start = Length;
        Quote();
        Put(value, format);
        Quote();
        End(start);
    }

    void Plain<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Before();
        var start = Length;
        Put(value, format);
        End(start);
    }

    internal void Word(ReadOnlySpan<byte> text)
    {
        Before();
        var start = Length;
        Quote();
        Put(text);
        Quote();
        End(start);
    }

    internal void Truth(bool value)
    {
        Before();
        var start = Length;
        Put(value ? "true"u8 : "false"u8);
        End(start);
    }

    // Without quotes the text that means NULL would be read as that, whatever it was.
    void End(int start)
    {
        if (!_isJson && _null.Length > 0 && Written.Span[start..].SequenceEqual(_null))
        {
            Length = start;
            Put("\""u8);
            Put(_null);
            Put("\""u8);
        }
        Field++;
    }

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Before();
        var start = Length;
        Put(_isJson ? "\"\\\\x"u8 : "\\x"u8);
        var room = Room(value.Length * 2);
        Convert.TryToHexStringLower(value, room, out var length);
        Length += length;
        Quote();
        End(start);
    }

    internal void Text(ReadOnlySpan<char> value)
    {
        Before();
        if (!_isJson)
            Delimited(value, Kind is SqlTypeKind.Numeric);
        else if (IsRawJson(value))
            Raw(value);
        else
            JsonString(value);
        Field++;
    }

    /// <summary>Writes JSON that was made for this field.</summary>
    internal void Json(ReadOnlySpan<char> value)
    {
        Before();
        Raw(value);
        Field++;
    }

    bool IsRawJson(ReadOnlySpan<char> value) => Kind switch
    {
        SqlTypeKind.Numeric => JsonText.IsNumber(value),
        SqlTypeKind.Json or SqlTypeKind.JsonB => JsonText.IsValue(value, keepsText: Kind is SqlTypeKind.Json),
        SqlTypeKind.Array => JsonText.IsNested(value),
        _ => false,
    };

    void Delimited(ReadOnlySpan<char> value, bool isNumber)
    {
        var isFormula = _isExcelSafe && value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] && !isNumber;
        if (!isFormula && value.Length > 0 && !value.ContainsAny(_special) && !(_nullText is not null && value.SequenceEqual(_nullText)) && !IsEndOfCopy(value))
        {
            Raw(value);
            return;
        }
        Put(isFormula ? "\"'"u8 : "\""u8);
        while (value.IndexOf('"') is >= 0 and var quote)
        {
            Raw(value[..quote]);
            Put("\"\""u8);
            value = value[(quote + 1)..];
        }
        Raw(value);
        Put("\""u8);
    }

    // Alone on a line these characters end the data of an older PostgreSQL's COPY.
    bool IsEndOfCopy(ReadOnlySpan<char> value) => _kinds.Length == 1 && value is "\\.";

    void JsonString(ReadOnlySpan<char> value)
    {
        Put("\""u8);
        while (value.IndexOfAny(s_jsonSpecial) is >= 0 and var special)
        {
            Raw(value[..special]);
            Escape(value[special]);
            value = value[(special + 1)..];
        }
        Raw(value);
        Put("\""u8);
    }

    void Escape(char character)
    {
        switch (character)
        {
            case '"': Put("\\\""u8); break;
            case '\\': Put("\\\\"u8); break;
            case '\n': Put("\\n"u8); break;
            case '\r': Put("\\r"u8); break;
            case '\t': Put("\\t"u8); break;
            default:
                Put("\\u"u8);
                Put((int)character, "x4");
                break;
        }
    }

    // A line break between the parts of a JSON document would end the line.
    void Raw(ReadOnlySpan<char> value)
    {
        var room = Room(value.Length * 3);
        if (Utf8.FromUtf16(value, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw OutputProblems.LoneSurrogate();
        if (_isJson)
            room[..length].ReplaceAny(s_breaks, (byte)' ');
        Length += length;
    }

    void Before() => Put(_before[Field]);

    void Quote()
    {
        if (_isJson)
            Put("\""u8);
    }

    void Put<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        int length;
        for (var room = 64; !value.TryFormat(Room(room), out length, format, System.Globalization.CultureInfo.InvariantCulture); room *= 2)
        {
        }
        Length += length;
    }

    void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    Span<byte> Room(int bytes)
    {
        if (Length + bytes > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        return _bytes.AsSpan(Length);
    }
}
