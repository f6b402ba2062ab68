namespace Sluice.Files.Values;

/// <summary>The parts of a decimal number written in digits, with a point and an exponent where it has them.</summary>
readonly ref struct NumberText
{
    NumberText(ReadOnlySpan<char> text, int whole, int fraction, int exponentAt)
    {
        IsNegative = text[0] == '-';
        var start = text[0] is ('-' or '+') ? 1 : 0;
        Whole = text.Slice(start, whole);
        Fraction = fraction < 0 ? default : text.Slice(start + whole + 1, fraction);
        HasPoint = fraction >= 0;
        HasExponent = exponentAt >= 0;
        HasSignedExponent = HasExponent && text[exponentAt + 1] is '-' or '+';
        Exponent = HasExponent ? ReadExponent(text[(exponentAt + 1)..]) : 0;
        HasPlus = text[0] == '+';
    }

    internal ReadOnlySpan<char> Whole { get; }

    internal ReadOnlySpan<char> Fraction { get; }

    internal bool IsNegative { get; }

    internal bool HasPlus { get; }

    internal bool HasPoint { get; }

    internal bool HasExponent { get; }

    internal bool HasSignedExponent { get; }

    /// <summary>The power of ten, or one beyond all that any number has.</summary>
    internal int Exponent { get; }

    /// <summary>Whether a number would lose a character at the start of the text: a plus sign, or a zero before another digit.</summary>
    internal bool HasLeadingCharacters => HasPlus || (Whole.Length > 1 && Whole[0] == '0');

    /// <summary>Whether every digit is zero.</summary>
    internal bool IsZero => !Whole.ContainsAnyExcept('0') && !Fraction.ContainsAnyExcept('0');

    /// <summary>The digits from the first that is not zero.</summary>
    internal int SignificantDigits
    {
        get
        {
            var whole = Whole.TrimStart('0').Length;
            return whole > 0 ? whole + Fraction.Length : Fraction.TrimStart('0').Length;
        }
    }

    /// <summary>Recognises a number: digits with an optional sign, point and exponent, and nothing around them.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out NumberText number)
    {
        number = default;
        var start = text.Length > 0 && text[0] is ('-' or '+') ? 1 : 0;
        var whole = Digits(text[start..]);
        var at = start + whole;
        var fraction = -1;
        if (at < text.Length && text[at] == '.')
        {
            fraction = Digits(text[(at + 1)..]);
            at += fraction + 1;
        }
        if (whole + Math.Max(fraction, 0) == 0)
            return false;
        var exponentAt = -1;
        if (at < text.Length && text[at] is ('e' or 'E'))
        {
            exponentAt = at++;
            if (at < text.Length && text[at] is ('-' or '+'))
                at++;
            var exponent = Digits(text[at..]);
            if (exponent == 0)
                return false;
            at += exponent;
        }
        if (at != text.Length)
            return false;
        number = new NumberText(text, whole, fraction, exponentAt);
        return true;
    }

    /// <summary>Whether two texts say the same number, however they write it.</summary>
    internal static bool IsSame(NumberText one, NumberText other)
    {
        if (one.IsZero || other.IsZero)
            return one.IsZero && other.IsZero;
        var (first, last) = one.Bounds();
        var (otherFirst, otherLast) = other.Bounds();
        if (one.IsNegative != other.IsNegative || last - first != otherLast - otherFirst
            || (long)one.Whole.Length - first + one.Exponent != (long)other.Whole.Length - otherFirst + other.Exponent)
            return false;
        for (var i = 0; i <= last - first; i++)
        {
            if (one.Digit(first + i) != other.Digit(otherFirst + i))
                return false;
        }
        return true;
    }

    /// <summary>The places of the first and of the last digit that is not zero.</summary>
    (int First, int Last) Bounds()
    {
        var first = 0;
        while (Digit(first) == '0')
            first++;
        var last = Whole.Length + Fraction.Length - 1;
        while (Digit(last) == '0')
            last--;
        return (first, last);
    }

    char Digit(int place) => place < Whole.Length ? Whole[place] : Fraction[place - Whole.Length];

    static int ReadExponent(ReadOnlySpan<char> text) =>
        int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture,
            out var value) && Math.Abs((long)value) < Endless
            ? value
            : text[0] == '-' ? -Endless : Endless;

    const int Endless = 1_000_000;

    static int Digits(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }
}
