using System.Buffers.Binary;
using System.Text;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>The parts of a key among the fields of rows.</summary>
/// <param name="PartOfField">For each field its place in the key, or -1.</param>
/// <param name="Forms">For each part of the key which values are one.</param>
sealed record KeyFields(int[] PartOfField, KeyForm[] Forms)
{
    /// <summary>The smallest time that the database keeps, in ticks: times that it cuts to the same one are one key.</summary>
    internal long TickSize { get; init; } = 1;

    /// <summary>For each part of the key, how many of these its column's smallest time is.</summary>
    internal IReadOnlyList<long> TimeUnits { get; init; } = [];

    /// <summary>Whether a part of the key has numbers of any type, whose identities are no order.</summary>
    internal bool HasNumbers { get; } = Forms.Contains(KeyForm.Number);

    /// <summary>No field of so many is a part of the key.</summary>
    internal static KeyFields None(int fields)
    {
        var none = new int[fields];
        Array.Fill(none, -1);
        return new KeyFields(none, []);
    }
}

/// <summary>What the keys of rows are wanted for.</summary>
abstract class KeyUse
{
    /// <summary>Whether values are told apart to their last digit, rather than only sorted.</summary>
    internal virtual bool IsExact => false;

    /// <summary>Takes the key of the row that the encoder has just ended.</summary>
    internal abstract void Take(KeyEncoder row);
}

/// <summary>Turns the key columns of one row after another into bytes that sort as the keys do.</summary>
sealed class KeyEncoder
{
    readonly KeyFields _fields;
    readonly int[] _partOfField;
    readonly byte[][] _parts;
    readonly int[] _lengths;
    KeySink _sink;
    KeyUse? _use;
    byte[] _key = new byte[64];
    int _keyLength;
    int _field;

    // A key of one or two numbers, which most are, needs no bytes: it is these two.
    ulong _high;
    ulong _low;
    bool _isNumbers;

    internal KeyEncoder(KeyFields fields)
    {
        _fields = fields;
        _partOfField = fields.PartOfField;
        _parts = [.. fields.Forms.Select(_ => new byte[16])];
        _lengths = new int[fields.Forms.Length];
        _sink = new KeySink(this);
    }

    /// <summary>Whether the key is one number or two, which have no bytes.</summary>
    internal bool IsNumbers => _isNumbers;

    /// <summary>The key's numbers, or its first 16 bytes.</summary>
    internal UInt128 Prefix { get; private set; }

    /// <summary>All of the key's bytes; none where it is numbers.</summary>
    internal ReadOnlySpan<byte> Whole => _key.AsSpan(0, _isNumbers ? 0 : _keyLength);

    /// <summary>Which parts are null, a bit for each.</summary>
    internal ulong Nulls { get; private set; }

    /// <summary>Whether rows cannot be told apart by the key, because a part has no bytes here.</summary>
    internal bool IsUnknown { get; private set; }

    /// <summary>About how many bytes the row's fields take, in the key or not.</summary>
    internal long Weight { get; private set; }

    /// <summary>Whether values are told apart to their last digit, rather than only sorted.</summary>
    internal bool IsExact { get; private set; }

    /// <summary>Whether a part of the key has numbers of any type.</summary>
    internal bool HasNumbers => _fields.HasNumbers;

    /// <summary>Whether the field at hand is a part of the key with numbers of any type.</summary>
    internal bool IsNumber => _fields.HasNumbers && _partOfField[_field] is >= 0 and var part && _fields.Forms[part] is KeyForm.Number;

    /// <summary>Encodes rows one by one, for a use or for a look at the last one.</summary>
    /// <returns>False where a key cannot be read: the writer will refuse that row with its number.</returns>
    internal bool TryEncode<T>(RowShape<T> shape, ReadOnlySpan<T> rows, KeyUse? use)
    {
        _use = use;
        IsExact = use is { IsExact: true };
        try
        {
            shape.Write(rows, ref _sink);
            return true;
        }
        catch (ValueException)
        {
            return false;
        }
    }

    internal void BeginRow()
    {
        _field = 0;
        Nulls = 0;
        IsUnknown = false;
        Weight = 0;
        _isNumbers = _parts.Length <= 2;
        _high = 0;
        _low = 0;
        if (!_isNumbers)
            Array.Clear(_lengths);
    }

    internal void EndRow()
    {
        Prefix = _isNumbers ? new UInt128(_high, _low) : Join();
        _use?.Take(this);
    }

    internal bool TrySkip()
    {
        if (_partOfField[_field] >= 0)
            return false;
        Next();
        return true;
    }

    internal void Null()
    {
        if (_partOfField[_field] is >= 0 and var part)
            Nulls |= 1UL << part;
        Next();
    }

    /// <summary>A value of the key that has no bytes here: rows are not told apart by it.</summary>
    internal void Unknown(int bytes = 0)
    {
        IsUnknown |= _partOfField[_field] >= 0;
        Next(bytes);
    }

    /// <summary>A time in ticks, from wherever the database counts.</summary>
    internal void Time(long ticks)
    {
        var part = _partOfField[_field];
        var time = ticks / _fields.TickSize;
        if (part >= 0 && part < _fields.TimeUnits.Count)
            time = SecondFraction.Round(time, _fields.TimeUnits[part]);
        Number((ulong)time ^ (1UL << 63));
    }

    internal void Number(ulong ordered)
    {
        var part = _partOfField[_field];
        if (part >= 0)
        {
            if (!_isNumbers)
                BinaryPrimitives.WriteUInt64BigEndian(Room(part, 8), ordered);
            else if (part == 0)
                _high = ordered;
            else
                _low = ordered;
        }
        Next();
    }

    internal void Bytes(ReadOnlySpan<byte> ordered)
    {
        var part = _partOfField[_field];
        if (part >= 0)
            ordered.CopyTo(Room(part, ordered.Length));
        Next(ordered.Length);
    }

    // Two zeros end the value, and a zero within it is marked, so that no value is the beginning of another one's bytes.
    internal void ManyBytes(ReadOnlySpan<byte> bytes)
    {
        var part = _partOfField[_field];
        if (part >= 0)
        {
            var room = Room(part, bytes.Length + bytes.Count((byte)0) + 2);
            var at = 0;
            foreach (var value in bytes)
            {
                room[at++] = value;
                if (value == 0)
                    room[at++] = 0xff;
            }
            room[at..].Clear();
        }
        Next(bytes.Length);
    }

    // A closing zero sorts a text before those that it begins; no column holds a zero character.
    internal void Text(ReadOnlySpan<char> text)
    {
        var part = _partOfField[_field];
        if (part >= 0)
        {
            if (_fields.Forms[part] is KeyForm.IgnoresTrailingBlanks)
                text = text.TrimEnd(' ');
            var room = Room(part, Encoding.UTF8.GetByteCount(text) + 1);
            room[Encoding.UTF8.GetBytes(text, room)] = 0;
            if (_fields.Forms[part] is KeyForm.IgnoresCase)
                Ascii.ToLowerInPlace(room, out _);
        }
        Next(text.Length * 2);
    }

    void Next(int bytes = 0)
    {
        Weight += 16 + bytes;
        _field++;
    }

    Span<byte> Room(int part, int length)
    {
        if (_isNumbers)
            LeaveNumbers(part);
        if (length > _parts[part].Length)
            _parts[part] = new byte[Math.Max(length, _parts[part].Length * 2)];
        _lengths[part] = length;
        return _parts[part].AsSpan(0, length);
    }

    // The first part that is no number moves the key into bytes, the number before it too.
    void LeaveNumbers(int part)
    {
        _isNumbers = false;
        Array.Clear(_lengths);
        if (part == 1)
            BinaryPrimitives.WriteUInt64BigEndian(Room(0, 8), _high);
        else if (_parts.Length == 2 && _low != 0)
            BinaryPrimitives.WriteUInt64BigEndian(Room(1, 8), _low);
    }

    UInt128 Join()
    {
        _keyLength = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            var part = _parts[i].AsSpan(0, _lengths[i]);
            if (_keyLength + part.Length > _key.Length)
                Array.Resize(ref _key, Math.Max(_key.Length * 2, _keyLength + part.Length));
            part.CopyTo(_key.AsSpan(_keyLength));
            _keyLength += part.Length;
        }
        if (_keyLength < 16)
            _key.AsSpan(_keyLength, 16 - _keyLength).Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(_key);
    }
}
