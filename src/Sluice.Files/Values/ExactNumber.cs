using System.Globalization;

namespace Sluice.Files.Values;

/// <summary>Exact decimal numbers.</summary>
static class ExactNumber
{
    const int DecimalDigits = 28;

    /// <param name="text">A number; a word for what is none is left to the database.</param>
    /// <param name="keepsText">Refuse what the number would not give back: leading zeros and a plus sign.</param>
    /// <param name="value">The number, where <paramref name="isDecimal"/>.</param>
    /// <param name="isDecimal">Whether a <see cref="decimal"/> holds the number without loss; otherwise its text must be passed on.</param>
    internal static ValueFault Parse(ReadOnlySpan<char> text, bool keepsText, out decimal value, out bool isDecimal)
    {
        isDecimal = TryShort(text, out value);
        if (isDecimal)
            return ValueFault.None;
        if (!NumberText.TryRead(text, out var number))
            return !keepsText && IsWord(text) ? ValueFault.None : ValueFault.NotNumber;
        if (keepsText && number.HasLeadingCharacters)
            return ValueFault.LosesLeadingCharacters;
        isDecimal = number.SignificantDigits <= DecimalDigits
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && IsWhole(number, value);
        return ValueFault.None;
    }

    // Without an exponent the scale says whether the last digit was kept; with one, a small number may have lost digits.
    static bool IsWhole(NumberText number, decimal value) =>
        number.HasExponent ? value.Scale < DecimalDigits && (value != 0 || number.IsZero) : value.Scale == number.Fraction.Length;

    static bool TryShort(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if ((uint)(text.Length - start - 1) >= 18 || (text[start] == '0' && text.Length > start + 1 && text[start + 1] != '.'))
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
        if (point == start || point == text.Length - 1)
            return false;
        value = new decimal((int)sum, (int)(sum >> 32), 0, start == 1, (byte)(point < 0 ? 0 : text.Length - point - 1));
        return true;
    }

    static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return true;
        var word = text.Length > 0 && text[0] is ('-' or '+') ? text[1..] : text;
        return word.Equals("infinity", StringComparison.OrdinalIgnoreCase) || word.Equals("inf", StringComparison.OrdinalIgnoreCase);
    }
}
