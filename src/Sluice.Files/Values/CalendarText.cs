namespace Sluice.Files.Values;

/// <summary>
/// Dates and times as ISO 8601 writes them, with a slash or a dash between the parts of a date and a blank or a T before the time.
/// </summary>
/// <remarks>
/// Written out by hand: parsing timestamps is the largest part of turning a text into values (measured on a million rows).
/// </remarks>
static class CalendarText
{
    const int DateLength = 10;
    const int MinutesInDay = 1440;

    internal static ValueFault ParseDate(ReadOnlySpan<char> text, out DateOnly value)
    {
        value = default;
        if (text.Length != DateLength)
            return ValueFault.NotDate;
        var fault = Days(text, out var days);
        if (fault is ValueFault.None)
            value = DateOnly.FromDayNumber(days);
        return fault;
    }

    internal static ValueFault ParseTime(ReadOnlySpan<char> text, out TimeOnly value)
    {
        value = default;
        var length = Clock(text, out var ticks);
        if (length <= 0 || length != text.Length)
            return length < 0 ? ValueFault.DateOutOfRange : ValueFault.NotTime;
        value = new TimeOnly(ticks);
        return ValueFault.None;
    }

    /// <param name="text">A date and a time without an offset.</param>
    /// <param name="keepsText">Refuse a date alone, which would come back with a time.</param>
    /// <param name="value">The timestamp, of unspecified kind.</param>
    internal static ValueFault ParseTimestamp(ReadOnlySpan<char> text, bool keepsText, out DateTime value)
    {
        value = default;
        var fault = Read(text, out var ticks, out var rest, out var hasTime);
        if (fault is not ValueFault.None)
            return fault;
        if (!hasTime && keepsText)
            return ValueFault.LacksTime;
        if (!rest.IsEmpty)
            return TryOffset(rest, out _) ? ValueFault.HasOffset : ValueFault.NotTimestamp;
        value = new DateTime(ticks);
        return ValueFault.None;
    }

    internal static ValueFault ParsePointInTime(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        var fault = Read(text, out var ticks, out var rest, out _);
        if (fault is not ValueFault.None)
            return fault;
        if (rest.IsEmpty)
            return ValueFault.LacksOffset;
        if (!TryOffset(rest, out var minutes))
            return ValueFault.NotTimestamp;
        var utc = ticks - (minutes * TimeSpan.TicksPerMinute);
        if (minutes is < -840 or > 840 || utc < 0 || utc > DateTime.MaxValue.Ticks)
            return ValueFault.DateOutOfRange;
        value = new DateTimeOffset(ticks, new TimeSpan(minutes * TimeSpan.TicksPerMinute));
        return ValueFault.None;
    }

    static ValueFault Read(ReadOnlySpan<char> text, out long ticks, out ReadOnlySpan<char> rest, out bool hasTime)
    {
        ticks = 0;
        rest = default;
        hasTime = false;
        if (text.Length < DateLength)
            return ValueFault.NotTimestamp;
        var fault = Days(text, out var days);
        if (fault is not ValueFault.None)
            return fault is ValueFault.NotDate ? ValueFault.NotTimestamp : fault;
        ticks = days * TimeSpan.TicksPerDay;
        if (text.Length == DateLength)
            return ValueFault.None;
        if (text[DateLength] is not ('T' or ' '))
            return ValueFault.NotTimestamp;
        var length = Clock(text[(DateLength + 1)..], out var clock);
        if (length <= 0)
            return length < 0 ? ValueFault.DateOutOfRange : ValueFault.NotTimestamp;
        ticks += clock;
        rest = text[(DateLength + 1 + length)..];
        hasTime = true;
        return ValueFault.None;
    }

    static ValueFault Days(ReadOnlySpan<char> text, out int days)
    {
        days = 0;
        var century = Two(text, 0);
        var ofCentury = Two(text, 2);
        var year = (century * 100) + ofCentury;
        var month = Two(text, 5);
        var day = Two(text, 8);
        if ((century | ofCentury | month | day) < 0 || text[4] != text[7] || text[4] is not ('-' or '/'))
            return ValueFault.NotDate;
        if (year == 0 || (uint)(month - 1) >= 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return ValueFault.DateOutOfRange;
        days = new DateOnly(year, month, day).DayNumber;
        return ValueFault.None;
    }

    /// <summary>Reads HH:mm, with :ss and a fraction of up to seven digits where they are there.</summary>
    /// <returns>The characters read; 0 if there is no time, negative if there is one that no clock shows.</returns>
    static int Clock(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':')
            return 0;
        var hours = Two(text, 0);
        var minutes = Two(text, 3);
        var seconds = 0;
        var fraction = 0;
        var length = 5;
        if (text.Length > 5 && text[5] == ':')
        {
            seconds = text.Length < 8 ? -1 : Two(text, 6);
            length = 8;
        }
        if ((hours | minutes | seconds) < 0)
            return 0;
        if (length == 8 && text.Length > 8 && text[8] == '.')
        {
            var digits = Fraction(text[9..], out fraction);
            if (digits is 0 or > 7)
                return 0;
            length += digits + 1;
        }
        if (hours > 23 || minutes > 59 || seconds > 59)
            return -1;
        ticks = (((hours * 60L) + minutes) * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond) + fraction;
        return length;
    }

    static int Fraction(ReadOnlySpan<char> text, out int ticks)
    {
        ticks = 0;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            if (digits < 7)
                ticks = (ticks * 10) + (text[digits] - '0');
            digits++;
        }
        for (var i = digits; i < 7; i++)
            ticks *= 10;
        return digits;
    }

    /// <summary>Reads Z, ±hh, ±hhmm or ±hh:mm.</summary>
    static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
            return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-') || (text.Length == 6 && text[3] != ':'))
            return false;
        var hours = Two(text, 1);
        var rest = text.Length == 3 ? 0 : Two(text, text.Length - 2);
        if ((hours | rest) < 0 || rest > 59)
            return false;
        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return Math.Abs(minutes) < MinutesInDay;
    }

    // Two digits as a number; negative if they are not digits.
    static int Two(ReadOnlySpan<char> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? -1 : (int)((tens * 10) + ones);
    }
}
