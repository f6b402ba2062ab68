using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Dates and times as the server counts them: from 2000-01-01, in microseconds or days.</summary>
/// <remarks>
/// The extremes of the .NET types stand for the server's infinities, and finer ticks are cut off, both as Npgsql does; fewer digits are
/// rounded as the server rounds.
/// </remarks>
static class PostgresTime
{
    static readonly long s_epochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks;
    static readonly int s_epochDay = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>0001-01-01, in days.</summary>
    internal static long FirstDay => -s_epochDay;

    /// <summary>9999-12-31, in days.</summary>
    internal static long LastDay => DateOnly.MaxValue.DayNumber - s_epochDay;

    /// <summary>The beginning of the year 1, in microseconds.</summary>
    internal static long FirstMicrosecond => -s_epochTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The ticks of a count of microseconds; false where .NET's calendar does not reach.</summary>
    internal static bool TryTicks(long microseconds, out long ticks)
    {
        var isWithin = microseconds >= FirstMicrosecond
            && microseconds <= (DateTime.MaxValue.Ticks - s_epochTicks) / TimeSpan.TicksPerMicrosecond;
        ticks = isWithin ? (microseconds * TimeSpan.TicksPerMicrosecond) + s_epochTicks : 0;
        return isWithin;
    }

    internal static long Microseconds(DateTime value)
    {
        var ticks = value.Ticks;
        if (ticks == DateTime.MaxValue.Ticks)
            return long.MaxValue;
        return ticks == 0 ? long.MinValue : (ticks - s_epochTicks) / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>The same, with the digits that a column keeps: its own rounding, so that a key is sent as it is stored.</summary>
    internal static long Microseconds(in Slot slot, DateTime value)
    {
        var microseconds = Microseconds(value);
        return slot.CutsTimes && microseconds is not (long.MaxValue or long.MinValue) ? Cut(slot, microseconds, value.Ticks) : microseconds;
    }

    /// <summary>A time of day or span in microseconds, with the digits that a column keeps.</summary>
    internal static long Microseconds(in Slot slot, long ticks)
    {
        var microseconds = ticks / TimeSpan.TicksPerMicrosecond;
        return slot.CutsTimes ? Cut(slot, microseconds, ticks) : microseconds;
    }

    static long Cut(in Slot slot, long microseconds, long ticks) =>
        slot.ExactTimes && ticks % (slot.TimeUnit * TimeSpan.TicksPerMicrosecond) != 0
            ? throw ValueProblems.TimeDigits(slot)
            : SecondFraction.Round(microseconds, slot.TimeUnit);

    /// <summary>The time without the ticks that the server has no room for.</summary>
    internal static DateTime Cut(DateTime value) => value.AddTicks(-((value.Ticks - s_epochTicks) % TimeSpan.TicksPerMicrosecond));

    internal static int Days(DateOnly value)
    {
        if (value == DateOnly.MaxValue)
            return int.MaxValue;
        return value == DateOnly.MinValue ? int.MinValue : value.DayNumber - s_epochDay;
    }
}
