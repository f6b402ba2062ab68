using Sluice.Files.Values;
using Sluice.Schema;

namespace Sluice.Files.Detection;

/// <summary>What the sampled values of a column have in common.</summary>
struct ColumnEvidence
{
    // Longer numbers are digits of something else; numeric of PostgreSQL would hold them up to a point.
    const int LongestNumber = 1_000;

    TextClass _class;
    // A double gives back any 15 digits. Whole numbers beyond that are no double, should the column prove to have fractions.
    bool _isLong;

    internal bool HasNulls { get; private set; }

    /// <summary>Whether all values share a type other than text.</summary>
    internal readonly bool IsTyped => _class is not (TextClass.None or TextClass.Text);

    internal readonly SqlType Type => _class switch
    {
        TextClass.Truth => SqlType.Boolean,
        TextClass.Whole32 => SqlType.Integer,
        TextClass.Whole64 => SqlType.BigInt,
        TextClass.Fraction => SqlType.Double,
        TextClass.Exact => SqlType.Numeric,
        TextClass.Date => SqlType.Date,
        TextClass.Timestamp => SqlType.Timestamp,
        TextClass.PointInTime => SqlType.TimestampTz,
        TextClass.Uuid => SqlType.Uuid,
        _ => SqlType.Text,
    };

    internal void Add(in FileRow row, int column)
    {
        if (!row.TryGetText(column, out var text))
            HasNulls = true;
        else if (_class is not TextClass.Text)
            _class = Join(_class, Classify(text, ref _isLong));
    }

    /// <summary>Whether a value has the type that the others share.</summary>
    internal readonly bool Fits(ReadOnlySpan<char> text)
    {
        var isLong = _isLong;
        return Join(_class, Classify(text, ref isLong)) is not TextClass.Text;
    }

    readonly TextClass Join(TextClass known, TextClass next)
    {
        if (known == next || known is TextClass.None)
            return next;
        if (!IsNumber(known) || !IsNumber(next))
            return TextClass.Text;
        var wider = known > next ? known : next;
        return wider is TextClass.Fraction && _isLong ? TextClass.Exact : wider;
    }

    static bool IsNumber(TextClass value) => value is >= TextClass.Whole32 and <= TextClass.Exact;

    /// <summary>The narrowest type of one value.</summary>
    internal static TextClass Classify(ReadOnlySpan<char> text)
    {
        var isLong = false;
        return Classify(text, ref isLong);
    }

    static TextClass Classify(ReadOnlySpan<char> text, ref bool isLong)
    {
        if (text.Length == 0)
            return TextClass.Text;
        var first = text[0];
        if (char.IsAsciiDigit(first) || first is '-' or '.')
        {
            if (NumberText.TryRead(text, out var number))
                return Number(text, number, ref isLong);
            if (CalendarText.ParseDate(text, out _) is ValueFault.None)
                return TextClass.Date;
            if (CalendarText.ParseTimestamp(text, keepsText: true, out _) is ValueFault.None)
                return TextClass.Timestamp;
            if (CalendarText.ParsePointInTime(text, out _) is ValueFault.None)
                return TextClass.PointInTime;
        }
        if (text.Length == 36 && Guid.TryParseExact(text, "D", out _))
            return TextClass.Uuid;
        return first is 't' or 'T' or 'f' or 'F' && TruthText.Parse(text, keepsText: true, out _) is ValueFault.None ? TextClass.Truth : TextClass.Text;
    }

    static TextClass Number(ReadOnlySpan<char> text, NumberText number, ref bool isLong)
    {
        if (number.HasLeadingCharacters || text.Length > LongestNumber || (number.HasPoint && number.Fraction.IsEmpty))
            return TextClass.Text;
        var isShort = number.SignificantDigits <= FloatNumber.SafeDigits;
        isLong |= !isShort;
        if (!number.HasPoint && !number.HasExponent && !(number.IsNegative && number.IsZero))
        {
            return WholeNumber.Parse(text, keepsText: true, out var value) is not ValueFault.None ? TextClass.Exact
                : value is >= int.MinValue and <= int.MaxValue ? TextClass.Whole32 : TextClass.Whole64;
        }
        if (!isShort)
            return number.HasExponent ? TextClass.Text : TextClass.Exact;
        return FloatNumber.Parse(text, keepsText: true, out _) is ValueFault.None ? TextClass.Fraction : TextClass.Text;
    }
}
