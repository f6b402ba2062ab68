using System.Runtime.CompilerServices;
using Sluice.Rows;

namespace Sluice.Loads;

/// <summary>Takes the key columns of rows and passes over the others.</summary>
readonly struct KeySink(KeyEncoder encoder) : IRowSink
{
    const ulong Sign = 1UL << 63;

    public void BeginRow() => encoder.BeginRow();

    public void EndRow() => encoder.EndRow();

    public bool TrySkip() => encoder.TrySkip();

    public void WriteNull() => encoder.Null();

    public void Write(bool value) => encoder.Number(value ? 1UL : 0UL);

    public void Write(long value) => encoder.Number((ulong)value ^ Sign);

    public void Write(ulong value) => encoder.Number(value);

    public void Write(float value) => Write((double)value);

    // The bits of a floating-point number sort as the number does once the sign is flipped, and all bits where it was set.
    public void Write(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        encoder.Number((bits & Sign) != 0 ? ~bits : bits | Sign);
    }

    // For sorting, decimals that a double cannot tell apart keep the order in which they came. Told apart, 1.0 and 1.00 are one.
    public void Write(decimal value)
    {
        if (!encoder.IsExact)
        {
            Write((double)value);
            return;
        }
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value / 1.000000000000000000000000000000000m, bits);
        encoder.Bytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(bits));
    }

    public void Write(string value) => encoder.Text(value);

    public void Write(ReadOnlySpan<char> value) => encoder.Text(value);

    public void Write(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        encoder.Bytes(bytes);
    }

    public void Write(DateTime value) => Write(value.Ticks);

    public void Write(DateTimeOffset value) => Write(value.UtcTicks);

    public void Write(DateOnly value) => Write((long)value.DayNumber);

    public void Write(TimeOnly value) => Write(value.Ticks);

    public void Write(TimeSpan value) => Write(value.Ticks);

    public void WriteBytes(ReadOnlySpan<byte> value) => encoder.Bytes(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        switch (Type.GetTypeCode(typeof(TEnum)))
        {
            case TypeCode.SByte: Write((long)Unsafe.BitCast<TEnum, sbyte>(value)); break;
            case TypeCode.Byte: Write((long)Unsafe.BitCast<TEnum, byte>(value)); break;
            case TypeCode.Int16: Write((long)Unsafe.BitCast<TEnum, short>(value)); break;
            case TypeCode.UInt16: Write((long)Unsafe.BitCast<TEnum, ushort>(value)); break;
            case TypeCode.Int32: Write((long)Unsafe.BitCast<TEnum, int>(value)); break;
            case TypeCode.UInt32: Write((long)Unsafe.BitCast<TEnum, uint>(value)); break;
            case TypeCode.UInt64: Write(Unsafe.BitCast<TEnum, ulong>(value)); break;
            default: Write(Unsafe.BitCast<TEnum, long>(value)); break;
        }
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => encoder.Next(values.Length * 16);

    public void WriteOther(object value) => encoder.Next();
}
