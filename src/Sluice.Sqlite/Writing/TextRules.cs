using System.Globalization;

namespace Sluice.Sqlite.Writing;

/// <summary>Text in columns whose declared type says more than text does.</summary>
static class TextRules
{
    /// <summary>Refuses a text that is not of the column's kind. The text itself is stored as it is.</summary>
    internal static void Check(ReadOnlySpan<char> text, Accepts column)
    {
        var fits = column switch
        {
            Accepts.Uuid | Accepts.Text => Guid.TryParse(text, out _),
            Accepts.Date | Accepts.Text => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
            Accepts.Time | Accepts.Span | Accepts.Text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _),
            Accepts.Timestamp | Accepts.Text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        if (!fits)
            throw Throw.TextOfAnotherKind(column & ~Accepts.Text);
    }

    internal static void CheckNumber(ReadOnlySpan<char> text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Throw.TextOfAnotherKind(Accepts.Decimal);
    }
}
