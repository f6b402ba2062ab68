namespace Sluice.Sqlite.Values;

/// <summary>
/// Reads timestamps in the form that they are stored in: <c>yyyy-MM-dd HH:mm:ss</c>, a fraction, and <c>Z</c> or an offset as
/// <c>+01:00</c>.
/// </summary>
/// <remarks>Anything else is left to the framework's parser, which takes ten times as long.</remarks>
static class TimestampText
{
    const int Seconds = 19;

    /// <param name="text">UTF-8.</param>
    /// <param name="time">The time as it is written.</param>
    /// <param name="offset">Its distance from UTC, or null where the text has none.</param>
    internal static bool TryRead(ReadOnlySpan<byte> text, out DateTime time, out TimeSpan? offset)
    {
        time = default;
        offset = null;
        if (text.Length < Seconds || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':')
            return false;
        var century = Pair(text[0], text[1]);
        var year = century * 100 + Pair(text[2], text[3]);
        var month = Pair(text[5], text[6]);
        var day = Pair(text[8], text[9]);
        var hour = Pair(text[11], text[12]);
        var minute = Pair(text[14], text[15]);
        var second = Pair(text[17], text[18]);
        // A pair that is no number is so far below zero that no other part can make up for it.
        if (century < 0 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }
        var rest = text[Seconds..];
        if (!TryFraction(ref rest, out var ticks) || !TryOffset(rest, out offset))
            return false;
        ticks += (hour * 3600 + minute * 60 + second) * TimeSpan.TicksPerSecond;
        time = new DateTime(year, month, day).AddTicks(ticks);
        // A moment must be one of the calendar in UTC too.
        return offset is not { } distance || (time.Ticks - distance.Ticks) is >= 0 and <= 3_155_378_975_999_999_999;
    }

    static int Pair(byte first, byte second)
    {
        var tens = (uint)(first - '0');
        var ones = (uint)(second - '0');
        return tens <= 9 && ones <= 9 ? (int)(tens * 10 + ones) : -10_000;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is not [(byte)'.', ..])
            return true;
        var at = 1;
        for (; at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit; at++)
        {
            if (at > 7)
                return false;
            ticks = ticks * 10 + digit;
        }
        for (var digits = at; digits <= 7; digits++)
            ticks *= 10;
        text = text[at..];
        return at > 1;
    }

    static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.IsEmpty)
            return true;
        if (text is [(byte)'Z'])
        {
            offset = TimeSpan.Zero;
            return true;
        }
        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _])
            return false;
        var hours = Pair(text[1], text[2]);
        var minutes = Pair(text[4], text[5]);
        if (hours is < 0 or > 14 || minutes is < 0 or > 59 || (hours == 14 && minutes > 0))
            return false;
        var distance = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -distance : distance;
        return true;
    }
}
