using System.Buffers.Binary;
using System.Globalization;

namespace Sluice.PostgreSql.Encoding;

/// <summary>
/// Encodes decimal text as numeric: digits of base 10,000 with the weight of the first one, as numeric_send in the server's numeric.c.
/// </summary>
static class NumericEncoder
{
    const ushort Negative = 0x4000;
    const ushort NaN = 0xC000;
    const ushort PositiveInfinity = 0xD000;
    const ushort NegativeInfinity = 0xF000;

    // The server's limits: 131,072 digits before the point and 16,383 after it.
    const int MostWhole = 131_072;
    const int MostFraction = 16_383;

    /// <summary>The most bytes that a text of so many characters can take, an exponent's zeros left out.</summary>
    internal static int MaxBytes(int characters) => 16 + (characters * 2);

    /// <summary>Writes a number such as "-12.50" or "1.5E-7".</summary>
    /// <returns>The bytes written.</returns>
    internal static int Write(in Slot slot, ReadOnlySpan<char> text, Span<byte> target)
    {
        if (text is "NaN")
            return Special(target, NaN);
        if (text is "Infinity" or "∞")
            return Infinity(slot, target, PositiveInfinity);
        if (text is "-Infinity" or "-∞")
            return Infinity(slot, target, NegativeInfinity);

        var number = Parse(slot, text);
        Check(slot, number);
        return Write(text, number, target);
    }

    static int Special(Span<byte> target, ushort sign)
    {
        target[..8].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], sign);
        return 8;
    }

    static int Infinity(in Slot slot, Span<byte> target, ushort sign) =>
        slot.Precision == int.MaxValue ? Special(target, sign) : throw ValueProblems.InfiniteNumeric(slot);

    /// <param name="IsNegative">Whether a minus leads it.</param>
    /// <param name="First">Where the first digit that is not a leading zero stands in the text.</param>
    /// <param name="End">Behind the last digit that is not a closing zero.</param>
    /// <param name="Whole">Digits before the point, counted from First; negative where zeros follow the point first.</param>
    /// <param name="Scale">Digits after the point to show, closing zeros among them.</param>
    /// <param name="Digits">Digits from First to End.</param>
    readonly record struct Number(bool IsNegative, int First, int End, int Whole, int Scale, int Digits)
    {
        internal bool IsZero => First == End;

        /// <summary>Digits after the point that count: negative where the number ends in zeros before the point.</summary>
        internal int Fraction => Digits - Whole;
    }

    static Number Parse(in Slot slot, ReadOnlySpan<char> text)
    {
        var at = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
            at++;
        int point = -1, first = -1, end = 0, digits = 0, fraction = 0, exponent = 0, whole = 0, fromFirst = 0, significant = 0;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c is >= '0' and <= '9')
            {
                digits++;
                if (point >= 0)
                    fraction++;
                if (first < 0 && c != '0')
                    first = at;
                if (first >= 0 && point < 0)
                    whole++;
                if (first >= 0)
                    fromFirst++;
                if (c != '0')
                    (end, significant) = (at + 1, fromFirst);
                if (first < 0 && point >= 0)
                    whole--;
            }
            else if (c == '.' && point < 0)
            {
                point = at;
            }
            else if (c is 'e' or 'E' && digits > 0
                && int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                && exponent is >= -MostWhole and <= MostWhole)
            {
                break;
            }
            else
            {
                throw ValueProblems.NotANumber(slot);
            }
        }
        if (digits == 0)
            throw ValueProblems.NotANumber(slot);
        return new Number(negative, first < 0 ? 0 : first, first < 0 ? 0 : end, whole + exponent, Math.Max(0, fraction - exponent),
            significant);
    }

    // The server would round a fraction that is too long for its column; here that is refused.
    static void Check(in Slot slot, Number number)
    {
        if (number.IsZero)
            return;
        if (number.Whole > Math.Min(MostWhole, slot.Precision == int.MaxValue ? MostWhole : slot.Precision - slot.Scale))
            throw ValueProblems.NumericWhole(slot, Math.Max(number.Whole, 0));
        if (number.Fraction > Math.Min(MostFraction, slot.Scale))
            throw ValueProblems.NumericFraction(slot, number.Fraction);
    }

    static int Write(ReadOnlySpan<char> text, Number number, Span<byte> target)
    {
        // Groups of four digits are counted from the point, so the first group may begin with zeros that the text does not have.
        var weight = number.IsZero ? 0 : FloorDivide(number.Whole - 1, 4);
        var count = 0;
        var at = number.First;
        var place = ((weight + 1) * 4) - number.Whole;
        while (at < number.End)
        {
            var group = 0;
            for (var i = 0; i < 4; i++)
            {
                var digit = 0;
                if (place > 0)
                {
                    place--;
                }
                else if (at < number.End)
                {
                    if (text[at] == '.')
                        at++;
                    digit = at < number.End ? text[at++] - '0' : 0;
                }
                group = (group * 10) + digit;
            }
            BinaryPrimitives.WriteInt16BigEndian(target[(8 + (count * 2))..], (short)group);
            count++;
        }
        BinaryPrimitives.WriteInt16BigEndian(target, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], number.IsNegative && !number.IsZero ? Negative : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)Math.Min(number.Scale, MostFraction));
        return 8 + (count * 2);
    }

    static int FloorDivide(int value, int by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
