using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Takes the key columns of rows and passes over the others.</summary>
readonly struct KeySink(KeyEncoder encoder) : IRowSink
{
    const ulong Sign = 1UL << 63;

    // Sorts behind every number.
    static readonly double s_notANumber = BitConverter.UInt64BitsToDouble(0x7ff8_0000_0000_0000);

    // Before it, what is cut off a time makes it later.
    static readonly long s_epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public void BeginRow() => encoder.BeginRow();

    public void EndRow() => encoder.EndRow();

    public bool TrySkip() => encoder.TrySkip();

    public void WriteNull() => encoder.Null();

    public void Write(bool value)
    {
        if (encoder.IsNumber)
            Write(value ? 1m : 0m);
        else
            encoder.Number(value ? 1UL : 0UL);
    }

    public void Write(long value)
    {
        if (encoder.IsNumber)
            Write((decimal)value);
        else
            encoder.Number((ulong)value ^ Sign);
    }

    public void Write(ulong value)
    {
        if (encoder.IsNumber)
            Write((decimal)value);
        else
            encoder.Number(value);
    }

    public void Write(float value) => Write((double)value);

    // The bits of a floating-point number sort as the number does once the sign is flipped, and all bits where it was set.
    public void Write(double value)
    {
        // The database takes the two zeros for one key, and all that is no number for another.
        value = double.IsNaN(value) ? s_notANumber : value == 0 ? 0 : value;
        if (encoder is { IsExact: true, IsNumber: true } && TryDecimal(value, out var number))
        {
            Write(number);
            return;
        }
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

    // Beyond, and where a decimal has other digits, it is a number of its own.
    static bool TryDecimal(double value, out decimal number) =>
        decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    public void Write(string value) => Write(value.AsSpan());

    public void Write(ReadOnlySpan<char> value)
    {
        if (encoder.IsNumber && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            Write(number);
        else
            encoder.Text(value);
    }

    public void Write(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        encoder.Bytes(bytes);
    }

    public void Write(DateTime value) => Time(value.Ticks);

    public void Write(DateTimeOffset value) => Time(value.UtcTicks);

    public void Write(DateOnly value) => Write((long)value.DayNumber);

    public void Write(TimeOnly value) => encoder.Time(value.Ticks);

    public void Write(TimeSpan value) => encoder.Time(value.Ticks);

    // Where .NET's last tick stands for a time beyond all others, it is not the time before it.
    void Time(long ticks)
    {
        if (ticks == DateTime.MaxValue.Ticks)
            Write(long.MaxValue);
        else
            encoder.Time(ticks - s_epoch);
    }

    public void WriteBytes(ReadOnlySpan<byte> value) => encoder.ManyBytes(value);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        if (EnumNames.AreUnsigned<TEnum>())
            Write((ulong)EnumNames.NumberOf(value));
        else
            Write(EnumNames.NumberOf(value));
    }

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => encoder.Unknown(values.Length * 16);

    // Text serves where it is the value and all of it; what is told apart by nothing is no duplicate of anything.
    public void WriteOther(object value)
    {
        switch (value)
        {
            case Enum label when label.GetTypeCode() is TypeCode.UInt64: Write(Convert.ToUInt64(label, CultureInfo.InvariantCulture)); break;
            case Enum label: Write(Convert.ToInt64(label, CultureInfo.InvariantCulture)); break;
            case BigInteger whole when whole >= long.MinValue && whole <= long.MaxValue: Write((long)whole); break;
            case IPAddress or IPNetwork or PhysicalAddress or BigInteger or Int128 or UInt128 or char:
                encoder.Text(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case BitArray bits:
                encoder.Text(string.Create(bits.Length, bits, static (text, bits) =>
                {
                    for (var i = 0; i < text.Length; i++)
                        text[i] = bits[i] ? '1' : '0';
                }));
                break;
            default:
                encoder.Unknown();
                break;
        }
    }
}
