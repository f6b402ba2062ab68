using System.Globalization;

namespace Sluice.Sqlite.Values;

/// <summary>Exact numbers as the texts that they are stored as: an optional sign, digits, a point and more digits, an exponent.</summary>
static class NumberText
{
    /// <summary>The longest text of a <see cref="decimal"/>.</summary>
    internal const int Longest = 40;

    /// <summary>The order of two numbers of any length. What is no number comes after all that are, by its bytes.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (isLeft, isRight) = (Parsed.TryRead(left, out var one), Parsed.TryRead(right, out var other));
        if (isLeft && isRight)
            return one.CompareTo(other);
        return isLeft ? -1 : isRight ? 1 : left.SequenceCompareTo(right);
    }

    /// <summary>Reads a number that a decimal holds to its last digit.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out decimal value)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return false;
        // Beyond 28 digits it may have been rounded.
        if (text.Length <= 28)
            return true;
        Span<byte> back = stackalloc byte[Longest];
        return Compare(text, back[..Format(value, isWhole: false, back)]) == 0;
    }

    /// <summary>
    /// Writes a number in the form of its column: of whole numbers without a point, or as Microsoft.Data.Sqlite stores decimals.
    /// </summary>
    internal static int Format(decimal value, bool isWhole, Span<byte> text)
    {
        var format = isWhole && value == decimal.Truncate(value) ? "0" : "0.0###########################";
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        return length;
    }

    readonly ref struct Parsed
    {
        readonly ReadOnlySpan<byte> _whole;
        readonly ReadOnlySpan<byte> _fraction;
        readonly bool _isNegative;
        readonly long _magnitude;

        // Without the zeros before the first digit that counts, and those after the last one.
        Parsed(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent, bool isNegative)
        {
            _whole = whole.TrimStart((byte)'0');
            _magnitude = _whole.Length + exponent;
            _fraction = fraction.TrimEnd((byte)'0');
            if (_whole.IsEmpty)
            {
                var digits = _fraction.TrimStart((byte)'0');
                _magnitude -= _fraction.Length - digits.Length;
                _fraction = digits;
            }
            _isNegative = isNegative;
        }

        bool IsZero => _fraction.IsEmpty && _whole.IsEmpty;

        int Sign => IsZero ? 0 : _isNegative ? -1 : 1;

        internal static bool TryRead(ReadOnlySpan<byte> text, out Parsed number)
        {
            number = default;
            text = text.Trim((byte)' ');
            var isNegative = text is [(byte)'-', ..];
            if (isNegative || text is [(byte)'+', ..])
                text = text[1..];
            var whole = text[..Digits(text)];
            text = text[whole.Length..];
            ReadOnlySpan<byte> fraction = default;
            if (text is [(byte)'.', ..])
            {
                fraction = text.Slice(1, Digits(text[1..]));
                text = text[(1 + fraction.Length)..];
            }
            long exponent = 0;
            if (text is [(byte)'e' or (byte)'E', ..])
            {
                if (!int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
                    return false;
                exponent = power;
                text = default;
            }
            if (!text.IsEmpty || whole.Length + fraction.Length == 0)
                return false;
            number = new Parsed(whole, fraction, exponent, isNegative);
            return true;
        }

        static int Digits(ReadOnlySpan<byte> text)
        {
            var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            return end < 0 ? text.Length : end;
        }

        internal int CompareTo(Parsed other)
        {
            if (Sign != other.Sign || Sign == 0)
                return Sign.CompareTo(other.Sign);
            var larger = _magnitude != other._magnitude ? _magnitude.CompareTo(other._magnitude) : CompareDigits(other);
            return _isNegative ? -larger : larger;
        }

        int CompareDigits(Parsed other)
        {
            var count = Math.Max(_whole.Length + _fraction.Length, other._whole.Length + other._fraction.Length);
            for (var i = 0; i < count; i++)
            {
                if (DigitAt(i) - other.DigitAt(i) is not 0 and var difference)
                    return difference;
            }
            return 0;
        }

        int DigitAt(int index)
        {
            if (index < _whole.Length)
                return _whole[index];
            index -= _whole.Length;
            return index < _fraction.Length ? _fraction[index] : '0';
        }
    }
}
