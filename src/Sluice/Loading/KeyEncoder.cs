using System.Buffers.Binary;
using System.Text;

namespace Sluice.Loading;

/// <summary>Turns the key columns of rows into bytes that sort as the keys do.</summary>
sealed class KeyEncoder
{
    readonly int[] _partOfField;
    readonly byte[][] _parts;
    readonly int[] _lengths;
    readonly KeyForm[] _forms;
    readonly bool _nullsEqual;
    UInt128[]? _keys;
    UInt128?[]? _identities;
    ulong _nulls;
    byte[] _key = new byte[64];
    int _keyLength;
    int _field;
    int _row;
    readonly KeySequence _sequence = new();
    bool _checking;
    bool _isUnknown;

    // A key of one or two numbers, which most are, needs no bytes: it is these two.
    ulong _high;
    ulong _low;
    bool _isNumbers;

    /// <param name="partOfField">For each field its place in the key, or -1.</param>
    /// <param name="forms">For each part of the key which values are one.</param>
    /// <param name="nullsEqual">Whether a null is equal to another one.</param>
    internal KeyEncoder(int[] partOfField, KeyForm[] forms, bool nullsEqual = false)
    {
        _nullsEqual = nullsEqual;
        _partOfField = partOfField;
        _forms = forms;
        HasNumbers = forms.Contains(KeyForm.Number);
        _parts = [.. forms.Select(_ => new byte[16])];
        _lengths = new int[forms.Length];
        Sink = new KeySink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal KeySink Sink;

    /// <summary>The smallest time that the database keeps, in ticks: times that it cuts to the same one are one key.</summary>
    internal long TickSize { get; init; } = 1;

    /// <summary>Whether a part of the key has numbers of any type, whose identities are no order.</summary>
    internal bool HasNumbers { get; }

    /// <summary>Whether the field at hand is such a part.</summary>
    internal bool IsNumber => HasNumbers && _partOfField[_field] is >= 0 and var part && _forms[part] is KeyForm.Number;

    /// <summary>For each part of the key, how many of these its column's smallest time is.</summary>
    internal IReadOnlyList<long> TimeUnits { get; init; } = [];

    /// <summary>A time in ticks, from wherever the database counts.</summary>
    internal void Time(long ticks)
    {
        var part = _partOfField[_field];
        var time = ticks / TickSize;
        if (part >= 0 && part < TimeUnits.Count)
            time = Rows.SecondFraction.Round(time, TimeUnits[part]);
        Number((ulong)time ^ (1UL << 63));
    }

    /// <summary>Whether every key since the first check was at least the one before it.</summary>
    internal bool InOrder => _sequence.IsInOrder;

    /// <summary>Whether a key was longer than its first 16 bytes.</summary>
    internal bool Inexact { get; private set; }

    /// <summary>Bytes of all values since <see cref="StartMeasure"/>.</summary>
    internal long Measured { get; private set; }

    /// <summary>The whole key of the last row.</summary>
    internal ReadOnlySpan<byte> WholeKey => _key.AsSpan(0, _keyLength);

    /// <param name="identities">Where each row's identity goes, as <see cref="StartIdentities"/> has it; null where none is wanted.</param>
    internal void StartCheck(UInt128?[]? identities = null)
    {
        _keys = null;
        _checking = true;
        _sequence.Start();
        _identities = identities;
        IsExact = identities is not null;
        _row = 0;
    }

    internal void StartMeasure()
    {
        _keys = null;
        _identities = null;
        IsExact = false;
        _checking = false;
        Measured = 0;
    }

    internal void StartKeys(UInt128[] keys)
    {
        _keys = keys;
        _identities = null;
        IsExact = false;
        _checking = false;
        _row = 0;
        Inexact = false;
    }

    /// <summary>
    /// Each row's key as a number that no other key has; longer keys by their hash. Null where a part of the key is, unless nulls are
    /// equal, or cannot be told apart.
    /// </summary>
    internal void StartIdentities(UInt128?[] identities)
    {
        _keys = null;
        _checking = false;
        IsExact = true;
        _identities = identities;
        _row = 0;
    }

    /// <summary>Whether values are told apart to their last digit, rather than only sorted.</summary>
    internal bool IsExact { get; private set; }

    internal void Null()
    {
        if (_partOfField[_field] is >= 0 and var part)
            _nulls |= 1UL << part;
        Next();
    }

    internal void BeginRow()
    {
        _field = 0;
        _nulls = 0;
        _isUnknown = false;
        _isNumbers = _parts.Length <= 2;
        _high = 0;
        _low = 0;
        if (!_isNumbers)
            Array.Clear(_lengths);
    }

    internal bool TrySkip()
    {
        if (_partOfField[_field] >= 0)
            return false;
        Measured += 16;
        _field++;
        return true;
    }

    internal void Next(int bytes = 0)
    {
        Measured += 16 + bytes;
        _field++;
    }

    internal void EndRow()
    {
        var key = _isNumbers ? new UInt128(_high, _low) : Join();
        if (_identities is not null)
            _identities[_row] = _isUnknown ? null : KeyIdentity.Of(key, _isNumbers ? default : WholeKey, _nulls, _nullsEqual);
        else if (_keys is not null)
            _keys[_row] = key;
        if (_checking && _isNumbers)
            _sequence.Add(key);
        else if (_checking)
            _sequence.Add(key, WholeKey);
        _row++;
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
        Inexact |= _keyLength > 16;
        return BinaryPrimitives.ReadUInt128BigEndian(_key);
    }

    /// <summary>A value of the key that has no bytes here: rows are not told apart by it.</summary>
    internal void Unknown(int bytes = 0)
    {
        _isUnknown |= _partOfField[_field] >= 0;
        Next(bytes);
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
            if (_forms[part] is KeyForm.IgnoresTrailingBlanks)
                text = text.TrimEnd(' ');
            var room = Room(part, Encoding.UTF8.GetByteCount(text) + 1);
            room[Encoding.UTF8.GetBytes(text, room)] = 0;
            if (_forms[part] is KeyForm.IgnoresCase)
                Ascii.ToLowerInPlace(room, out _);
        }
        Next(text.Length * 2);
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
}
