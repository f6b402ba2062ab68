using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Numbers in COPY's binary format.</summary>
static class CopyNumbers
{
    const double TwoTo63 = 9_223_372_036_854_775_808.0;

    internal static void Integer(this CopyEncoder encoder, in Slot slot, long value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.BigInt:
                encoder.PutValue(value);
                break;
            case SqlTypeKind.Integer when (int)value == value:
                encoder.PutValue((int)value);
                break;
            case SqlTypeKind.SmallInt when (short)value == value:
                encoder.Put(2);
                encoder.Put((short)value);
                break;
            default:
                encoder.IntegerElsewhere(slot, value);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void IntegerElsewhere(this CopyEncoder encoder, in Slot slot, long value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                throw ValueProblems.OutOfRange(slot, value);
            case SqlTypeKind.Numeric:
                encoder.Decimal(slot, value);
                break;
            case SqlTypeKind.Double or SqlTypeKind.Real:
                encoder.FloatFromInteger(slot, value);
                break;
            default:
                throw ValueProblems.ValueKind("a whole number", slot);
        }
    }

    // A floating-point column keeps whole numbers exactly up to the width of its mantissa; above that it would keep another one.
    static void FloatFromInteger(this CopyEncoder encoder, in Slot slot, long value)
    {
        // Not through decimal, which keeps 15 digits of a double; and wider than long, which would turn 2⁶³ into long.MaxValue.
        var kept = slot.Kind is SqlTypeKind.Double ? (Int128)(double)value : (Int128)(float)value;
        if (kept != value)
            throw ValueProblems.NotExact(slot, value);
        encoder.Double(slot, value);
    }

    internal static void Unsigned(this CopyEncoder encoder, in Slot slot, ulong value)
    {
        if (value <= long.MaxValue)
            encoder.Integer(slot, (long)value);
        else if (slot.Kind is SqlTypeKind.Numeric)
            encoder.Decimal(slot, value);
        else if (slot.Kind is SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt)
            throw ValueProblems.OutOfRange(slot, value);
        else
            throw ValueProblems.ValueKind("a whole number above 9223372036854775807", slot);
    }

    internal static void Single(this CopyEncoder encoder, in Slot slot, float value)
    {
        if (slot.Kind is SqlTypeKind.Real)
        {
            encoder.PutValue(BitConverter.SingleToInt32Bits(value));
        }
        else if (slot.Kind is SqlTypeKind.Numeric)
        {
            Span<char> text = stackalloc char[64];
            value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
            encoder.NumericText(slot, text[..length]);
        }
        else
        {
            encoder.Double(slot, value);
        }
    }

    /// <summary>A whole number of any size.</summary>
    internal static void Whole(this CopyEncoder encoder, in Slot slot, BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            encoder.Integer(slot, (long)value);
        else if (slot.Kind is SqlTypeKind.Numeric)
            encoder.NumericText(slot, value.ToString(CultureInfo.InvariantCulture));
        else if (slot.Kind is SqlTypeKind.Double or SqlTypeKind.Real)
            encoder.Double(slot, FloatDigits.Of(slot, value));
        else if (slot.Kind is SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt)
            throw ValueProblems.OutOfRange(slot, value);
        else
            throw ValueProblems.ValueKind("a whole number", slot);
    }

    internal static void Double(this CopyEncoder encoder, in Slot slot, double value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Double:
                encoder.PutValue(BitConverter.DoubleToInt64Bits(value));
                break;
            case SqlTypeKind.Real:
                encoder.PutValue(BitConverter.SingleToInt32Bits(FloatDigits.Of(slot, value)));
                break;
            case SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                // Also what is no number, and what is infinite.
                if (!(Math.Abs(value) <= long.MaxValue) || value == TwoTo63)
                    throw ValueProblems.OutOfRange(slot, value);
                if (value != Math.Truncate(value))
                    throw ValueProblems.Fraction(slot, value);
                encoder.Integer(slot, (long)value);
                break;
            case SqlTypeKind.Numeric:
                Span<char> text = stackalloc char[64];
                value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
                encoder.NumericText(slot, text[..length]);
                break;
            default:
                throw ValueProblems.ValueKind("a floating-point number", slot);
        }
    }

    internal static void Decimal(this CopyEncoder encoder, in Slot slot, decimal value)
    {
        switch (slot.Kind)
        {
            case SqlTypeKind.Numeric:
                Span<char> text = stackalloc char[40];
                value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
                encoder.NumericText(slot, text[..length]);
                break;
            case SqlTypeKind.Double or SqlTypeKind.Real:
                encoder.Double(slot, FloatDigits.Of(slot, value));
                break;
            case SqlTypeKind.BigInt or SqlTypeKind.Integer or SqlTypeKind.SmallInt:
                if (value != decimal.Truncate(value))
                    throw ValueProblems.Fraction(slot, value);
                if (value is > long.MaxValue or < long.MinValue)
                    throw ValueProblems.OutOfRange(slot, value);
                encoder.Integer(slot, (long)value);
                break;
            default:
                throw ValueProblems.ValueKind("a decimal number", slot);
        }
    }

    internal static void NumericText(this CopyEncoder encoder, in Slot slot, ReadOnlySpan<char> text)
    {
        var start = encoder.Length;
        encoder.Put(0);
        encoder.Used(NumericEncoder.Write(slot, text, encoder.Room(NumericEncoder.MaxBytes(text.Length))));
        encoder.Patch(start, encoder.Length - start - 4);
    }
}
