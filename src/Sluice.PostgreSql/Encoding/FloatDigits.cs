using System.Globalization;
using System.Numerics;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Numbers of other types as floating-point ones: where they are the same number, or print the same digits.</summary>
/// <remarks>No decimal fraction is a binary one to its last digit; 0.1 is what it prints, and comes back as that.</remarks>
static class FloatDigits
{
    /// <exception cref="Sluice.Rows.ValueException">The column would keep fewer digits, or none.</exception>
    internal static float Of(in Slot slot, double value) =>
        TryKeep(value, out var single) ? single
        : float.IsInfinity(single) || single == 0 ? throw ValueProblems.OutOfRange(slot, value)
        : throw ValueProblems.FloatDigits(slot, value);

    /// <exception cref="Sluice.Rows.ValueException">The column would keep fewer digits.</exception>
    internal static double Of(in Slot slot, decimal value)
    {
        if (slot.Kind is SqlTypeKind.Real)
            return TryKeep(value, out float single) ? single : throw ValueProblems.FloatDigits(slot, value);
        return TryKeep(value, out double number) ? number : throw ValueProblems.FloatDigits(slot, value);
    }

    /// <exception cref="Sluice.Rows.ValueException">The column would keep another number.</exception>
    internal static double Of(in Slot slot, BigInteger value) =>
        TryKeep(value, out var number) ? number : double.IsInfinity(number) ? throw ValueProblems.OutOfRange(slot,
            value) : throw ValueProblems.NotExact(slot, value);

    internal static bool TryKeep(double value, out float kept)
    {
        kept = (float)value;
        // A whole number is read as what it is, so it must be kept as that.
        return kept == value || double.IsNaN(value)
            || (!double.IsInteger(value) && float.IsFinite(kept) && kept != 0 && double.Parse(kept.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == value);
    }

    internal static bool TryKeep(decimal value, out float kept)
    {
        kept = float.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        return IsDecimal(kept.ToString("R", CultureInfo.InvariantCulture), value) || IsExactly(kept, value);
    }

    // By its digits: a cast gives a neighbour of some numbers.
    internal static bool TryKeep(decimal value, out double kept)
    {
        Span<char> text = stackalloc char[40];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        kept = double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
        return IsDecimal(kept.ToString("R", CultureInfo.InvariantCulture), value) || IsExactly(kept, value);
    }

    internal static bool TryKeep(BigInteger value, out double kept)
    {
        kept = (double)value;
        return !double.IsInfinity(kept) && new BigInteger(kept) == value;
    }

    /// <summary>The digits that a floating-point number prints as a decimal; false where no decimal has them all.</summary>
    internal static bool TryDecimal(double value, string digits, out decimal number) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && double.Parse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == value;

    static bool IsDecimal(string digits, decimal value) =>
        decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var same) && same == value;

    static bool IsExactly(double kept, decimal value) =>
        Math.Abs(kept) < (double)decimal.MaxValue && kept == Math.Truncate(kept) && value == decimal.Truncate(value)
            && new BigInteger(kept) == new BigInteger(value);
}
