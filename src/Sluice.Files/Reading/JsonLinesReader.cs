using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Files.Reading;

/// <summary>Reads one JSON object a line. Numbers keep their digits as written, nested values their text.</summary>
sealed class JsonLinesReader(Utf8Input input, long maxRowBytes) : RecordReader
{
    readonly JsonKeys _keys = new();
    readonly List<JsonKinds> _kinds = [];
    // Tables have fewer columns: PostgreSQL's 1,600, SQLite's 2,000.
    const int MostKeys = 2_000;

    // Rows of the sample have a place for every key, also where most have few of them.
    const int MostCells = 4 << 20;

    long _line;
    long _row;
    int _taken;
    int _searched;
    bool _isSampling;
    int[] _bounds = [];
    readonly List<int> _present = [];

    /// <summary>The keys that the sample had, in order of first appearance.</summary>
    internal IReadOnlyList<string> Keys => _keys.Names;

    /// <summary>What values each key of the sample had.</summary>
    internal IReadOnlyList<JsonKinds> Kinds => _kinds;

    /// <summary>Reads the rows that say which keys there are; a key that only a later row has is refused.</summary>
    internal async ValueTask<FileRow[]> SampleAsync(int rows, long bytes, CancellationToken cancellationToken)
    {
        _isSampling = true;
        var end = input.Offset + bytes;
        var sample = new List<(SampledValue[] Values, long Line)>();
        do
        {
            while (sample.Count < rows && input.Offset < end && (long)(sample.Count + 1) * _keys.Count < MostCells && TryReadLine(out var line))
                sample.Add((Values(line), _line));
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (sample.Count < rows && input.Offset < end && (long)(sample.Count + 1) * _keys.Count < MostCells && await FillAsync(cancellationToken).ConfigureAwait(false));
        _isSampling = false;
        return [.. sample.Select(s => Keep(s.Values, s.Line))];
    }

    SampledValue[] Values(ReadOnlySpan<byte> line)
    {
        var room = new char[line.Length];
        Parse(line, room);
        input.Advance(_taken);
        var values = new SampledValue[_present.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var key = _present[i];
            var (start, stop) = (_bounds[key * 2], _bounds[(key * 2) + 1]);
            values[i] = new(key, stop < 0 ? null : new string(room, RowBlock.StartOf(start), stop - RowBlock.StartOf(start)),
                IsString: start < 0);
        }
        return values;
    }

    readonly record struct SampledValue(int Key, string? Text, bool IsString);

    // Once all keys are known, earlier rows have a place for each.
    FileRow Keep(SampledValue[] values, long line)
    {
        var length = values.Sum(v => v.Text?.Length ?? 0);
        var room = Reserve(length, _keys.Count);
        var bounds = Bounds(_keys.Count);
        bounds.Fill(RowBlock.LeftOut);
        var used = 0;
        foreach (var (key, text, isString) in values)
        {
            if (text is null)
            {
                bounds[(key * 2) + 1] = -1;
                continue;
            }
            text.CopyTo(room[used..]);
            bounds[key * 2] = isString ? ~used : used;
            bounds[(key * 2) + 1] = used += text.Length;
        }
        return Keep(length, _keys.Count, line);
    }

    protected override bool TryRead(out FileRow row)
    {
        row = default;
        if (!TryReadLine(out var line))
            return false;
        // Decoded and without escapes, a text has no more characters than its bytes.
        var length = Parse(line, Reserve(line.Length, _keys.Count));
        input.Advance(_taken);
        _bounds.AsSpan(0, _keys.Count * 2).CopyTo(Bounds(_keys.Count));
        row = Keep(length, _keys.Count, _line);
        return true;
    }

    internal override async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        while (!input.IsEnded)
        {
            var available = input.Available;
            if (available[_searched..].Contains((byte)'\n'))
                return true;
            _searched = available.Length;
            if (_searched > maxRowBytes)
                throw LineProblems.RowTooLong(input.Path, _line + 1, column: null, maxRowBytes);
            await input.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        return !input.Available.IsEmpty;
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
            throw LineProblems.RowTooLong(input.Path, _line, column: null, maxRowBytes);
        if (!Utf8.IsValid(line))
            throw LineProblems.InvalidUtf8(input.Path, input.Offset + FirstInvalid(line), _line);
        return true;
    }

    // Up to where it was looked before there is no line break.
    bool TryFindLine(out ReadOnlySpan<byte> line)
    {
        var available = input.Available;
        var length = available[_searched..].IndexOf((byte)'\n');
        if (length < 0 && !input.IsEnded)
        {
            _searched = available.Length;
            line = default;
            return false;
        }
        line = length < 0 ? available : available[..(_searched + length)];
        _taken = length < 0 ? line.Length : line.Length + 1;
        _searched = 0;
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
        // While keys are still being found, those that the row has are listed instead: there may be many more that others have.
        if (!_isSampling)
            _bounds.AsSpan(0, _keys.Count * 2).Fill(RowBlock.LeftOut);
        _present.Clear();
        var used = 0;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                throw LineProblems.NotAnObject(input.Path, _line, reader.TokenType is JsonTokenType.StartArray);
            var guess = 0;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var column = Column(ref reader, guess);
                reader.Read();
                var length = Value(ref reader, line, column, room[used..]);
                _bounds[column * 2] = reader.TokenType is JsonTokenType.String ? ~used : used;
                _bounds[(column * 2) + 1] = length < 0 ? -1 : used += length;
                if (_isSampling)
                    _present.Add(column);
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
            throw LineProblems.MalformedJson(input.Path, _line, input.Offset + place, e);
        }
    }

    int Column(ref Utf8JsonReader reader, int guess)
    {
        var index = _keys.Find(ref reader, guess);
        if (index < 0)
        {
            var name = reader.GetString()!;
            if (!_isSampling)
                throw LineProblems.UnseenKey(input.Path, _line, name, _keys.Names);
            if (_keys.Count == MostKeys)
                throw LineProblems.TooManyKeys(input.Path, _line, MostKeys);
            index = _keys.Add(name);
            _kinds.Add(JsonKinds.None);
            if (_bounds.Length < _keys.Count * 2)
                Array.Resize(ref _bounds, Math.Max(32, _keys.Count * 4));
        }
        return _keys.See(index, _row) ? index : throw LineProblems.KeyTwice(input.Path, _line, _keys.Names[index]);
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

    public override ValueTask DisposeAsync() => input.DisposeAsync();
}
