using System.Runtime.CompilerServices;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes rows in COPY's binary format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.55.9.4.</summary>
/// <remarks>
/// The column's type in the catalog decides the bytes; a value of another .NET type is converted where that loses nothing and refused
/// otherwise. Each value is its length in four bytes, then the bytes that the type's receive function expects. Numbers, texts and times
/// have files of their own: <see cref="CopyNumbers"/>, <see cref="CopyTexts"/> and <see cref="CopyTimes"/>.
/// </remarks>
sealed class CopyEncoder : CopyBuffer
{
    static readonly byte[] s_header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    readonly Slot[] _slots;
    readonly short _columns;
    int _field;

    internal CopyEncoder(Slot[] slots)
    {
        _slots = slots;
        _columns = (short)slots.Count(s => s.IsWritten);
        Sink = new CopySink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal CopySink Sink;

    /// <summary>The numbers that each row gets behind its own values, if any.</summary>
    internal RowNumbers? Numbers { get; init; }

    /// <summary>Rows ended since <see cref="StartBlock"/>.</summary>
    internal int Ended { get; private set; }

    /// <summary>The field that is being written, for messages.</summary>
    internal int Field => _field - 1;

    internal void Header() => Put(s_header);

    internal void Trailer() => Put((short)-1);

    internal void StartBlock() => Ended = 0;

    internal void BeginRow()
    {
        _field = 0;
        Put(_columns);
    }

    internal void EndRow() => Ended++;

    /// <summary>Moves to the next field, which is not to be written where its slot says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Slot Next() => ref _slots[_field++];

    internal bool TrySkip()
    {
        if (_slots[_field].IsWritten)
            return false;
        _field++;
        return true;
    }

    internal void Null()
    {
        if (_slots[_field++].IsWritten)
            NullValue();
    }

    internal void NullValue() => Put(-1);

    internal void Boolean(in Slot slot, bool value)
    {
        if (slot.Kind is not SqlTypeKind.Boolean)
            throw ValueProblems.ValueKind("a truth value", slot);
        Put(1);
        Take(1) = value ? (byte)1 : (byte)0;
    }

    internal void Uuid(in Slot slot, Guid value)
    {
        if (slot.Kind is not SqlTypeKind.Uuid)
            throw ValueProblems.ValueKind("a UUID", slot);
        Put(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
        Used(16);
    }

    internal void Bytes(in Slot slot, ReadOnlySpan<byte> value)
    {
        if (slot.Kind is not SqlTypeKind.Bytes)
            throw ValueProblems.ValueKind("bytes", slot);
        Put(value.Length);
        Put(value);
    }

    /// <summary>Writes an array's head; the elements follow, each as a value of its own.</summary>
    /// <returns>Where the head begins, for <see cref="EndArray"/>.</returns>
    internal int BeginArray(in Slot slot, int count)
    {
        var start = Length;
        Put(0);
        Put(count == 0 ? 0 : 1);
        Put(0);
        Put((int)slot.Type!.Element!.StoreId);
        if (count > 0)
        {
            Put(count);
            Put(1);
        }
        return start;
    }

    internal void EndArray(int start, bool hasNulls)
    {
        Patch(start, Length - start - 4);
        Patch(start + 8, hasNulls ? 1 : 0);
    }
}
