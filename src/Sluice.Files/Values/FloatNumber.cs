using System.Globalization;

namespace Sluice.Files.Values;

/// <summary>Floating-point numbers.</summary>
static class FloatNumber
{
    /// <summary>The digits that a double always gives back as they were.</summary>
    internal const int SafeDigits = 15;

    // Smaller numbers have fewer digits.
    const double Normal = 2.2250738585072014E-308;

    static readonly double[] s_powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <param name="text">A number, or a word for what is none.</param>
    /// <param name="keepsText">Refuse what the number would not give back: leading zeros, a plus sign, digits beyond a double's.</param>
    /// <param name="value">The number.</param>
    internal static ValueFault Parse(ReadOnlySpan<char> text, bool keepsText, out double value)
    {
        if (TryShort(text, out value))
            return ValueFault.None;
        if (!NumberText.TryRead(text, out var number))
            return !keepsText && TryWord(text, out value) ? ValueFault.None : ValueFault.NotNumber;
        if (keepsText && number.HasLeadingCharacters)
            return ValueFault.LosesLeadingCharacters;
        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value) || (value == 0 && !number.IsZero))
            return ValueFault.NumberOutOfRange;
        return keepsText && (number.SignificantDigits > SafeDigits || Math.Abs(value) < Normal) && !GivesBack(value, number)
            ? ValueFault.LosesDigits
            : ValueFault.None;
    }

    internal static ValueFault ParseSingle(ReadOnlySpan<char> text, bool keepsText, out float value)
    {
        value = 0;
        var fault = Parse(text, keepsText, out var wide);
        if (fault is not ValueFault.None)
            return fault;
        // Not by way of the double, which would round twice.
        value = double.IsFinite(wide) ? float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : (float)wide;
        return double.IsFinite(wide) && (float.IsInfinity(value) || (value == 0 && wide != 0))
            ? ValueFault.NumberOutOfRange
            : ValueFault.None;
    }

    // Up to 15 digits and a power of ten up to 10^15 are both exact, so one division rounds correctly.
    static bool TryShort(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if ((uint)(text.Length - start - 1) >= SafeDigits + 1 || (text[start] == '0' && text.Length > start + 1 && text[start + 1] != '.'))
            return false;
        var sum = 0L;
        var point = -1;
        for (var i = start; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
                sum = (sum * 10) + digit;
            else if (text[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }
        // 16 characters without a point may be 16 digits; a point at either end is for the other way to judge.
        if (point == start || point == text.Length - 1 || (point < 0 && text.Length - start > SafeDigits))
            return false;
        value = point < 0 ? sum : sum / s_powers[text.Length - point - 1];
        if (start == 1)
            value = -value;
        return true;
    }

    static bool TryWord(ReadOnlySpan<char> text, out double value)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        var word = text.Length > 0 && text[0] is ('-' or '+') ? text[1..] : text;
        var isInfinite = word.Equals("infinity", StringComparison.OrdinalIgnoreCase)
            || word.Equals("inf", StringComparison.OrdinalIgnoreCase);
        value = !isInfinite ? double.NaN : isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite || text.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }

    // The double's shortest form must say the same number as the text.
    static bool GivesBack(double value, NumberText said)
    {
        Span<char> shortest = stackalloc char[32];
        return value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture)
            && NumberText.TryRead(shortest[..length], out var back)
            && NumberText.IsSame(said, back);
    }
}
