using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Bytes in the server's order, growing as needed.</summary>
abstract class CopyBuffer : IDisposable
{
    // 128 KB was as fast as anything between 64 and 256 KB; the room above it is for the block of rows that fills it.
    const int FirstSize = 192 * 1024;

    byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>Bytes held.</summary>
    internal int Length { get; private protected set; }

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what is held, and gives back room that only an unusually wide row needed.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_bytes.Length <= 16 * FirstSize)
            return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    }

    /// <summary>Room for more bytes; the caller uses all of it or says with <see cref="Used"/> how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Take(int bytes)
    {
        if (bytes > _bytes.Length - Length)
            Grow(bytes);
        ref var start = ref _bytes[Length];
        Length += bytes;
        return ref start;
    }

    internal Span<byte> Room(int bytes)
    {
        if (bytes > _bytes.Length - Length)
            Grow(bytes);
        return _bytes.AsSpan(Length);
    }

    internal void Used(int bytes) => Length += bytes;

    /// <summary>Overwrites four bytes, as a length that is known only after its value was written.</summary>
    internal void Patch(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(position), value);

    internal void Put(short value) => Unsafe.WriteUnaligned(ref Take(2), BinaryPrimitives.ReverseEndianness(value));

    internal void Put(int value) => Unsafe.WriteUnaligned(ref Take(4), BinaryPrimitives.ReverseEndianness(value));

    internal void Put(long value) => Unsafe.WriteUnaligned(ref Take(8), BinaryPrimitives.ReverseEndianness(value));

    /// <summary>A value of eight bytes with its length before it.</summary>
    internal void PutValue(long value)
    {
        ref var start = ref Take(12);
        Unsafe.WriteUnaligned(ref start, BinaryPrimitives.ReverseEndianness(8));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, 4), BinaryPrimitives.ReverseEndianness(value));
    }

    /// <summary>A value of four bytes with its length before it.</summary>
    internal void PutValue(int value)
    {
        ref var start = ref Take(8);
        Unsafe.WriteUnaligned(ref start, BinaryPrimitives.ReverseEndianness(4));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, 4), BinaryPrimitives.ReverseEndianness(value));
    }

    internal void Put(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(Length + bytes, _bytes.Length * 2)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        GC.SuppressFinalize(this);
    }
}
