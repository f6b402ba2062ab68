using System.Globalization;
using System.Numerics;
using Sluice.Schema;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Numbers of other types as floating-point ones: where they are the same number, or print the same digits.</summary>
/// <remarks>No decimal fraction is a binary one to its last digit; 0.1 is what it prints, and comes back as that.</remarks>
static class FloatDigits
{
    /// <exception cref="Sluice.Rows.ValueException">The column would keep fewer digits, or none.</exception>
    internal static float Of(in Slot slot, double value)
    {
        var single = (float)value;
        if (single == value || double.IsNaN(value))
            return single;
        if (float.IsInfinity(single) || single == 0)
            throw Throw.OutOfRange(slot, value);
        return Prints(single, value) ? single : throw Throw.FloatDigits(slot, value);
    }

    /// <exception cref="Sluice.Rows.ValueException">The column would keep fewer digits.</exception>
    internal static double Of(in Slot slot, decimal value)
    {
        // By its digits: a cast gives a neighbour of some numbers.
        Span<char> text = stackalloc char[40];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        if (slot.Kind is SqlTypeKind.Real)
        {
            var single = float.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
            return IsDecimal(single.ToString("R", CultureInfo.InvariantCulture), value) || IsExactly(single, value) ? single : throw Throw.FloatDigits(slot, value);
        }
        var number = double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
        return IsDecimal(number.ToString("R", CultureInfo.InvariantCulture), value) || IsExactly(number, value) ? number : throw Throw.FloatDigits(slot, value);
    }

    /// <exception cref="Sluice.Rows.ValueException">The column would keep another number.</exception>
    internal static double Of(in Slot slot, BigInteger value)
    {
        var number = (double)value;
        if (double.IsInfinity(number))
            throw Throw.OutOfRange(slot, value);
        return new BigInteger(number) == value ? number : throw Throw.NotExact(slot, value);
    }

    static bool Prints(float kept, double given) => double.Parse(kept.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == given;

    static bool IsDecimal(string digits, decimal value) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var same) && same == value;

    static bool IsExactly(double kept, decimal value) =>
        Math.Abs(kept) < (double)decimal.MaxValue && kept == Math.Truncate(kept) && new BigInteger(kept) == new BigInteger(value) && value == decimal.Truncate(value);
}
