using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Files.Reading;

/// <summary>Reads one JSON object a line. Numbers keep their digits as written, nested values their text.</summary>
sealed class JsonLinesReader(Utf8Input input, long maxRowBytes) : RecordReader
{
    // Stands in the sample for a key that a line lacks.
    static readonly string s_leftOut = new('\0', 1);

    readonly JsonKeys _keys = new();
    readonly List<JsonKinds> _kinds = [];
    long _line;
    long _row;
    int _taken;
    bool _isSampling;
    int[] _bounds = [];

    /// <summary>The keys that the sample had, in order of first appearance.</summary>
    internal IReadOnlyList<string> Keys => _keys.Names;

    /// <summary>What values each key of the sample had.</summary>
    internal IReadOnlyList<JsonKinds> Kinds => _kinds;

    /// <summary>Reads the rows that say which keys there are; a key that only a later row has is refused.</summary>
    internal FileRow[] Sample(int rows, long bytes)
    {
        _isSampling = true;
        var end = input.Offset + bytes;
        var sample = new List<(string?[] Values, bool[] Strings, long Line)>();
        while (sample.Count < rows && input.Offset < end && TryReadLine(out var line))
        {
            var room = new char[line.Length];
            Parse(line, room);
            input.Advance(_taken);
            var values = new string?[_keys.Count];
            var strings = new bool[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                strings[i] = _bounds[i * 2] < 0;
                values[i] = ValueAt(i, room);
            }
            sample.Add((values, strings, _line));
        }
        _isSampling = false;
        return [.. sample.Select(s => Keep(s.Values, s.Strings, s.Line))];
    }

    string? ValueAt(int key, char[] room)
    {
        var (start, end) = (RowBlock.StartOf(_bounds[key * 2]), _bounds[(key * 2) + 1]);
        return end == RowBlock.LeftOut ? s_leftOut : end < 0 ? null : new string(room, start, end - start);
    }

    // Once all keys are known, earlier rows have a place for each.
    FileRow Keep(string?[] values, bool[] strings, long line)
    {
        var length = values.Sum(v => ReferenceEquals(v, s_leftOut) ? 0 : v?.Length ?? 0);
        var room = Reserve(length, _keys.Count);
        var bounds = Bounds(_keys.Count);
        bounds.Fill(RowBlock.LeftOut);
        var used = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (ReferenceEquals(values[i], s_leftOut))
                continue;
            if (values[i] is not { } text)
            {
                bounds[(i * 2) + 1] = -1;
                continue;
            }
            text.CopyTo(room[used..]);
            bounds[i * 2] = strings[i] ? ~used : used;
            bounds[(i * 2) + 1] = used += text.Length;
        }
        return Keep(length, _keys.Count, line);
    }

    internal override int Read(Span<FileRow> rows)
    {
        var count = 0;
        while (count < rows.Length && TryReadLine(out var line))
        {
            // Decoded and without escapes, a text has no more characters than its bytes.
            var length = Parse(line, Reserve(line.Length, _keys.Count));
            input.Advance(_taken);
            _bounds.AsSpan(0, _keys.Count * 2).CopyTo(Bounds(_keys.Count));
            rows[count++] = Keep(length, _keys.Count, _line);
        }
        return count;
    }

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

    /// <summary>Writes the values of a line's object to the room, and where they are to the bounds.</summary>
    int Parse(ReadOnlySpan<byte> line, Span<char> room)
    {
        _bounds.AsSpan().Fill(RowBlock.LeftOut);
        var used = 0;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                throw Throw.NotAnObject(input.Path, _line, reader.TokenType is JsonTokenType.StartArray);
            var guess = 0;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var column = Column(ref reader, guess);
                reader.Read();
                var length = Value(ref reader, line, column, room[used..]);
                _bounds[column * 2] = reader.TokenType is JsonTokenType.String ? ~used : used;
                _bounds[(column * 2) + 1] = length < 0 ? -1 : used += length;
                guess = column + 1;
            }
            // Anything behind the object is refused by the reader.
            reader.Read();
            return used;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader speaks of a line and a place of its own; ours are those of the file.
            var place = e is JsonException { BytePositionInLine: { } column } ? column : reader.TokenStartIndex;
            throw Throw.MalformedJson(input.Path, _line, input.Offset + place, e);
        }
    }

    int Column(ref Utf8JsonReader reader, int guess)
    {
        var index = _keys.Find(ref reader, guess);
        if (index < 0)
        {
            var name = reader.GetString()!;
            if (!_isSampling)
                throw Throw.UnseenKey(input.Path, _line, name, _keys.Names);
            index = _keys.Add(name);
            _kinds.Add(JsonKinds.None);
            Array.Resize(ref _bounds, _keys.Count * 2);
            _bounds.AsSpan((_keys.Count - 1) * 2).Fill(RowBlock.LeftOut);
        }
        return _keys.See(index, _row) ? index : throw Throw.KeyTwice(input.Path, _line, _keys.Names[index]);
    }

    /// <summary>Writes a value's text; its length, or -1 for null.</summary>
    int Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int column, Span<char> room)
    {
        if (reader.TokenType is JsonTokenType.Null)
            return -1;
        var (kind, length) = reader.TokenType switch
        {
            JsonTokenType.String => (JsonKinds.Text, reader.CopyString(room)),
            JsonTokenType.Number => (JsonKinds.Number, Encoding.UTF8.GetChars(reader.ValueSpan, room)),
            JsonTokenType.True or JsonTokenType.False => (JsonKinds.Truth, Encoding.UTF8.GetChars(reader.ValueSpan, room)),
            _ => (JsonKinds.Nested, Nested(ref reader, line, room)),
        };
        if (_isSampling)
            _kinds[column] |= kind;
        return length;
    }

    static int Nested(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, Span<char> room)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetChars(line[start..(int)reader.BytesConsumed], room);
    }

    public override void Dispose() => input.Dispose();
}
