using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Files.Reading;

/// <summary>Reads one JSON object a line. Numbers keep their digits as written, nested values their text.</summary>
sealed class JsonLinesReader(Utf8Input input, long maxRowBytes) : RecordReader
{
    readonly JsonKeys _keys = new();
    readonly List<JsonKinds> _kinds = [];
    long _line;
    long _row;
    bool _isSampling;

    /// <summary>The keys that the sample had, in order of first appearance.</summary>
    internal IReadOnlyList<string> Keys => _keys.Names;

    /// <summary>What values each key of the sample had.</summary>
    internal IReadOnlyList<JsonKinds> Kinds => _kinds;

    /// <summary>Reads the rows that say which keys there are; a key that only a later row has is refused.</summary>
    internal List<FileRow> Sample(int rows, long bytes)
    {
        _isSampling = true;
        var end = input.Offset + bytes;
        var sample = new List<(string?[] Values, long Line)>();
        while (sample.Count < rows && input.Offset < end && TryReadLine(out var line))
        {
            var values = new string?[_keys.Count];
            Parse(line, ref values, 0);
            input.Advance(_taken);
            sample.Add((values, _line));
        }
        _isSampling = false;
        return sample.ConvertAll(s =>
        {
            Array.Resize(ref s.Values, _keys.Count);
            return new FileRow(s.Values, 0, _keys.Count, s.Line);
        });
    }

    internal override int Read(Span<FileRow> rows)
    {
        var count = 0;
        while (count < rows.Length && TryReadLine(out var line))
        {
            var block = Block(_keys.Count, out var offset);
            block.AsSpan(offset, _keys.Count).Clear();
            Parse(line, ref block, offset);
            input.Advance(_taken);
            rows[count++] = Keep(_keys.Count, _line);
        }
        return count;
    }

    int _taken;

    /// <summary>Finds the next line that is not blank; it is taken once it has been parsed.</summary>
    bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            if (!TryFindLine(out line))
                return false;
            _line++;
            if (line.ContainsAnyExcept(" \t\r"u8))
                break;
            input.Advance(_taken);
        }
        _row++;
        if (line.Length > maxRowBytes)
            throw Throw.RowTooLong(input.Path, _line, maxRowBytes);
        if (!Utf8.IsValid(line))
            throw Throw.InvalidUtf8(input.Path, input.Offset + FirstInvalid(line), _line);
        return true;
    }

    bool TryFindLine(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var available = input.Available;
            var length = available[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = available[..(searched + length)];
                _taken = line.Length + 1;
                return true;
            }
            searched = available.Length;
            if (searched > maxRowBytes)
                throw Throw.RowTooLong(input.Path, _line + 1, maxRowBytes);
            if (!input.Fill())
                break;
        }
        line = input.Available;
        _taken = line.Length;
        return _taken > 0;
    }

    static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) is System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    void Parse(ReadOnlySpan<byte> line, ref string?[] values, int offset)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                throw Throw.NotAnObject(input.Path, _line, reader.TokenType is JsonTokenType.StartArray);
            var guess = 0;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var index = Column(ref reader, guess, ref values);
                reader.Read();
                values[offset + index] = Value(ref reader, line, index);
                guess = index + 1;
            }
            // Anything behind the object is refused by the reader.
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader speaks of a line and a place of its own; ours are those of the file.
            var place = e is JsonException { BytePositionInLine: { } column } ? column : reader.TokenStartIndex;
            throw Throw.MalformedJson(input.Path, _line, input.Offset + place, e);
        }
    }

    int Column(ref Utf8JsonReader reader, int guess, ref string?[] values)
    {
        var index = _keys.Find(ref reader, guess);
        if (index < 0)
        {
            var name = reader.GetString()!;
            if (!_isSampling)
                throw Throw.UnseenKey(input.Path, _line, name, _keys.Names);
            index = _keys.Add(name);
            _kinds.Add(JsonKinds.None);
            if (index >= values.Length)
                Array.Resize(ref values, Math.Max(8, values.Length * 2));
        }
        return _keys.See(index, _row) ? index : throw Throw.KeyTwice(input.Path, _line, _keys.Names[index]);
    }

    string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int column)
    {
        var (kind, text) = reader.TokenType switch
        {
            JsonTokenType.Null => (JsonKinds.None, null),
            JsonTokenType.String => (JsonKinds.Text, reader.GetString()),
            JsonTokenType.Number => (JsonKinds.Number, Encoding.ASCII.GetString(reader.ValueSpan)),
            JsonTokenType.True => (JsonKinds.Truth, "true"),
            JsonTokenType.False => (JsonKinds.Truth, "false"),
            _ => (JsonKinds.Nested, Nested(ref reader, line)),
        };
        if (_isSampling)
            _kinds[column] |= kind;
        return text;
    }

    static string Nested(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(line[start..(int)reader.BytesConsumed]);
    }

    public override void Dispose() => input.Dispose();
}
