using System.Buffers.Binary;

namespace Sluice.Sqlite.Values;

/// <summary>The texts that Microsoft.Data.Sqlite stores for values that SQLite has no type for, byte for byte.</summary>
/// <remarks>Written by hand: the framework's formatting takes four times as long, and a load formats a timestamp a row.</remarks>
static class ValueText
{
    /// <summary>The longest text of a timestamp: 2026-01-31 23:59:59.1234567+00:00.</summary>
    internal const int MaxTimestamp = 33;

    internal const int MaxUuid = 36;
    internal const int MaxDate = 10;
    internal const int MaxTime = 16;
    internal const int MaxSpan = 32;

    internal static int Format(Guid value, Span<byte> text)
    {
        value.TryFormat(text, out var length, "D");
        for (var i = 0; i < length; i++)
        {
            if (text[i] >= 'a')
                text[i] -= 32;
        }
        return length;
    }

    internal static int Format(TimeSpan value, Span<byte> text)
    {
        value.TryFormat(text, out var length, "c");
        return length;
    }

    internal static int Format(DateOnly value, Span<byte> text)
    {
        value.Deconstruct(out var year, out var month, out var day);
        Date(year, month, day, text);
        return MaxDate;
    }

    internal static int Format(DateTime value, Span<byte> text)
    {
        value.Deconstruct(out var date, out var time);
        Format(date, text);
        text[10] = (byte)' ';
        Clock(time, text[11..]);
        return 19 + Fraction(time.Ticks % TimeSpan.TicksPerSecond, text[19..]);
    }

    internal static int Format(DateTimeOffset value, Span<byte> text)
    {
        var length = Format(value.DateTime, text);
        var minutes = value.TotalOffsetMinutes;
        text[length] = (byte)(minutes < 0 ? '-' : '+');
        minutes = Math.Abs(minutes);
        Two(minutes / 60, text[(length + 1)..]);
        text[length + 3] = (byte)':';
        Two(minutes % 60, text[(length + 4)..]);
        return length + 6;
    }

    /// <summary>A time of day: whole seconds without a fraction, else all seven digits of it.</summary>
    internal static int Format(TimeOnly value, Span<byte> text)
    {
        Clock(value, text);
        var ticks = value.Ticks % TimeSpan.TicksPerSecond;
        if (ticks == 0)
            return 8;
        text[8] = (byte)'.';
        Digits((uint)ticks, text.Slice(9, 7));
        return 16;
    }

    static void Date(int year, int month, int day, Span<byte> text)
    {
        Two(year / 100, text);
        Two(year % 100, text[2..]);
        text[4] = (byte)'-';
        Two(month, text[5..]);
        text[7] = (byte)'-';
        Two(day, text[8..]);
    }

    static void Clock(TimeOnly time, Span<byte> text)
    {
        Two(time.Hour, text);
        text[2] = (byte)':';
        Two(time.Minute, text[3..]);
        text[5] = (byte)':';
        Two(time.Second, text[6..]);
    }

    // ".FFFFFFF": the point and the digits without closing zeros, or nothing.
    static int Fraction(long ticks, Span<byte> text)
    {
        if (ticks == 0)
            return 0;
        text[0] = (byte)'.';
        Digits((uint)ticks, text.Slice(1, 7));
        var length = 8;
        while (text[length - 1] == '0')
            length--;
        return length;
    }

    // Both digits at once, the first in the lower byte.
    static void Two(int value, Span<byte> text)
    {
        var (tens, ones) = Math.DivRem((uint)value, 10u);
        BinaryPrimitives.WriteUInt16LittleEndian(text, (ushort)(0x3030 + tens + (ones << 8)));
    }

    static void Digits(uint value, Span<byte> text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10u);
            text[i] = (byte)('0' + digit);
        }
    }
}
