using System.Globalization;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Writing;

/// <summary>Text in columns whose declared type says more than text does.</summary>
static class TextRules
{
    /// <summary>Refuses a text that is not of the column's kind. The text itself is stored as it is.</summary>
    internal static void Check(ReadOnlySpan<char> text, Accepts column)
    {
        // What PostgreSQL calls a date or time beyond all others, kept as it is.
        if (text is "infinity" or "-infinity" && column is (Accepts.Date | Accepts.Text) or (Accepts.Timestamp | Accepts.Text))
            return;
        var fits = column switch
        {
            Accepts.Uuid | Accepts.Text => Guid.TryParse(text, out _),
            Accepts.Date | Accepts.Text => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
            Accepts.Time | Accepts.Span | Accepts.Text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _),
            Accepts.Timestamp | Accepts.Text =>
                DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            _ => true,
        };
        if (!fits)
            throw ValueProblems.TextOfAnotherKind(column & ~Accepts.Text);
    }

    /// <summary>Whether a text is a time in another offset than that of UTC.</summary>
    internal static bool HasOffset(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            && moment.TotalOffsetMinutes != 0;

    /// <summary>
    /// Refuses a text that a column with numeric affinity would store as a number that prints otherwise, or in place of a date.
    /// </summary>
    internal static void CheckKept(ReadOnlySpan<char> text, Accepts column)
    {
        if (!text.ContainsAnyInRange('0', '9') || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return;
        if (column is not (Accepts.Anything or Accepts.Text or (Accepts.Text | Accepts.Array)))
            throw ValueProblems.TextOfAnotherKind(column & ~Accepts.Text);
        if (!PrintsAs(number, text))
            throw ValueProblems.TextBecomesNumber();
    }

    static bool PrintsAs(double number, ReadOnlySpan<char> text)
    {
        Span<char> printed = stackalloc char[32];
        int length;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            whole.TryFormat(printed, out length, provider: CultureInfo.InvariantCulture);
        else
            number.TryFormat(printed, out length, "R", CultureInfo.InvariantCulture);
        return text.SequenceEqual(printed[..length]) && (text.Length <= 16 || !text.Contains('.'));
    }

    internal static void CheckNumber(ReadOnlySpan<char> text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw ValueProblems.TextOfAnotherKind(Accepts.Decimal);
    }
}
