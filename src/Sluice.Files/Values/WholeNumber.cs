using System.Globalization;

namespace Sluice.Files.Values;

/// <summary>Whole numbers of up to 64 bits.</summary>
static class WholeNumber
{
    /// <param name="text">Digits with an optional sign.</param>
    /// <param name="keepsText">Refuse what the number would not give back: leading zeros and a plus sign.</param>
    /// <param name="value">The number.</param>
    internal static ValueFault Parse(ReadOnlySpan<char> text, bool keepsText, out long value)
    {
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var digits = text.Length - start;
        // 18 digits cannot overflow; nearly every number ends here.
        if ((uint)(digits - 1) < 18 && (text[start] != '0' || digits == 1))
        {
            var sum = 0L;
            var i = start;
            for (; i < text.Length; i++)
            {
                var digit = (uint)(text[i] - '0');
                if (digit > 9)
                    break;
                sum = (sum * 10) + digit;
            }
            value = start == 0 ? sum : -sum;
            if (i == text.Length && !(keepsText && start == 1 && sum == 0))
                return ValueFault.None;
        }
        return ParseRest(text, keepsText, out value);
    }

    static ValueFault ParseRest(ReadOnlySpan<char> text, bool keepsText, out long value)
    {
        value = 0;
        if (!NumberText.TryRead(text, out var number) || number.HasPoint || number.HasExponent)
            return ValueFault.NotWholeNumber;
        if (keepsText && (number.HasLeadingCharacters || (number.IsNegative && number.IsZero)))
            return ValueFault.LosesLeadingCharacters;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? ValueFault.None
            : ValueFault.NumberOutOfRange;
    }
}
