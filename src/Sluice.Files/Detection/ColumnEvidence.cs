using Sluice.Files.Values;
using Sluice.Rows;

namespace Sluice.Files.Detection;

/// <summary>What the sampled values of a column have in common.</summary>
struct ColumnEvidence
{
    // Longer numbers are digits of something else; numeric of PostgreSQL would hold them up to a point.
    const int LongestNumber = 1_000;

    TextClass _class;
    NumberNeeds _needs;

    internal bool HasNulls { get; private set; }

    /// <summary>Whether all values share a form other than text.</summary>
    internal readonly bool IsTyped => _class is TextClass.Uuid || Type.Kind is not SqlTypeKind.Text;

    /// <summary>The type of the values, where digits, E and digits may be a code.</summary>
    internal readonly SqlType Type => TypeOf(isWritten: false);

    /// <summary>The type of values that are numbers wherever they look like them, as those of JSON without quotes.</summary>
    internal readonly SqlType TypeOfNumbers => TypeOf(isWritten: true);

    /// <summary>Whether a row had a value, were it the empty text.</summary>
    internal bool HasValues { get; private set; }

    internal void Add(in FileRow row, int column, bool emptyIsNull)
    {
        var hasText = row.TryGetText(column, out var text);
        HasValues |= hasText;
        if (!hasText || (text.IsEmpty && emptyIsNull))
            HasNulls = true;
        else if (_class is not TextClass.Text)
            _class = Join(_class, Classify(text, ref _needs));
    }

    /// <summary>Whether a value has the form that the others share.</summary>
    internal readonly bool Fits(ReadOnlySpan<char> text) => Join(_class, Classify(text)) is not TextClass.Text;

    /// <summary>What one value looks like.</summary>
    internal static TextClass Classify(ReadOnlySpan<char> text)
    {
        var needs = NumberNeeds.None;
        return Classify(text, ref needs);
    }

    static TextClass Join(TextClass known, TextClass next) => known == next || known is TextClass.None ? next : TextClass.Text;

    // An identifier stays its text: which letters of it are large is the file's matter, until a column is declared to hold identifiers.
    readonly SqlType TypeOf(bool isWritten) => _class switch
    {
        TextClass.Truth => SqlType.Boolean,
        TextClass.Number => NumberType(isWritten),
        TextClass.Date => SqlType.Date,
        TextClass.Timestamp => SqlType.Timestamp,
        TextClass.PointInTime => SqlType.TimestampTz,
        _ => SqlType.Text,
    };

    // Decided by what all of them need: a whole number that a double gives back does no harm among fractions, and one that it does not
    // makes all exact.
    readonly SqlType NumberType(bool isWritten)
    {
        var hasLetters = _needs.HasFlag(NumberNeeds.Letters);
        var isFraction = _needs.HasFlag(NumberNeeds.Fraction);
        if (hasLetters && !isFraction && !isWritten)
            return SqlType.Text;
        if (_needs.HasFlag(NumberNeeds.Long) || (_needs.HasFlag(NumberNeeds.Exact) && (isFraction || hasLetters)))
            return SqlType.Numeric;
        if (isFraction || hasLetters)
            return SqlType.Double;
        return _needs.HasFlag(NumberNeeds.Wide) ? SqlType.BigInt : SqlType.Integer;
    }

    static TextClass Classify(ReadOnlySpan<char> text, ref NumberNeeds needs)
    {
        if (text.Length == 0)
            return TextClass.Text;
        var first = text[0];
        if (char.IsAsciiDigit(first) || first is '-' or '.')
        {
            if (NumberText.TryRead(text, out var number))
                return TryNumber(text, number, ref needs) ? TextClass.Number : TextClass.Text;
            if (CalendarText.ParseDate(text, out _) is ValueFault.None)
                return TextClass.Date;
            // A seventh digit of a second is more than some databases keep.
            if (CalendarText.ParseTimestamp(text, keepsText: true, out var time) is ValueFault.None)
                return SecondFraction.Fits(time.Ticks, SecondFraction.Everywhere) ? TextClass.Timestamp : TextClass.Text;
            if (CalendarText.ParsePointInTime(text, out var point) is ValueFault.None)
                return SecondFraction.Fits(point.Ticks, SecondFraction.Everywhere) ? TextClass.PointInTime : TextClass.Text;
        }
        if (text.Length == 36 && Guid.TryParseExact(text, "D", out _))
            return TextClass.Uuid;
        return first is 't' or 'T' or 'f' or 'F' && TruthText.Parse(text, keepsText: true, out _) is ValueFault.None
            ? TextClass.Truth
            : TextClass.Text;
    }

    /// <summary>Whether a number can be given back as it is written, and by what.</summary>
    static bool TryNumber(ReadOnlySpan<char> text, NumberText number, ref NumberNeeds needs)
    {
        if (number.HasLeadingCharacters || text.Length > LongestNumber || (number.HasPoint && number.Fraction.IsEmpty))
            return false;
        if (!number.HasPoint && !number.HasExponent && !(number.IsNegative && number.IsZero))
        {
            needs |= WholeNumber.Parse(text, keepsText: true, out var value) is not ValueFault.None ? NumberNeeds.Long
                : value is >= int.MinValue and <= int.MaxValue ? NumberNeeds.None : NumberNeeds.Wide;
            if (number.SignificantDigits > FloatNumber.SafeDigits && FloatNumber.Parse(text, keepsText: true, out _) is not ValueFault.None)
                needs |= NumberNeeds.Exact;
            return true;
        }
        var isDouble = FloatNumber.Parse(text, keepsText: true, out _) is ValueFault.None;
        if (!isDouble && number.HasExponent)
            return false;
        needs |= number.HasPoint || number.HasSignedExponent || !number.HasExponent ? NumberNeeds.Fraction : NumberNeeds.Letters;
        if (!isDouble)
            needs |= NumberNeeds.Exact;
        return true;
    }
}
