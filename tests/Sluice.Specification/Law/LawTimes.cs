namespace Sluice.Specification.Law;

/// <summary>.NET's times with the digits that a column of PostgreSQL keeps: ticks cut off as the driver does, then rounded as the server does.</summary>
public static class LawTimes
{
    static readonly long s_epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks;

    /// <summary>What a column keeps of a time; null for what is none.</summary>
    public static object? Kept(object? value, int digits) => value switch
    {
        DateTime time => new DateTime(Math.Clamp(Ticks(time.Ticks - s_epoch, digits) + s_epoch, 0, DateTime.MaxValue.Ticks), time.Kind),
        DateTimeOffset time => new DateTimeOffset(Math.Clamp(Ticks(time.UtcTicks - s_epoch, digits) + s_epoch, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
        // Half of the last millisecond of a day is its end.
        TimeOnly time => TimeSpan.FromTicks(Ticks(time.Ticks, digits)),
        TimeSpan span => TimeSpan.FromTicks(Ticks(span.Ticks, digits)),
        _ => null,
    };

    /// <summary>Whether a time has more digits than a column keeps.</summary>
    public static bool HasMore(object? value, int digits) => value switch
    {
        DateTime time => Rest(time.Ticks, digits) != 0,
        DateTimeOffset time => Rest(time.Ticks, digits) != 0,
        TimeOnly time => Rest(time.Ticks, digits) != 0,
        TimeSpan span => Rest(span.Ticks, digits) != 0,
        _ => false,
    };

    static long Rest(long ticks, int digits) => ticks % Unit(digits);

    static long Unit(int digits) => (long)Math.Pow(10, 7 - digits);

    static long Ticks(long ticks, int digits)
    {
        var unit = Unit(digits) / 10;
        var microseconds = ticks / 10;
        return (unit == 1 ? microseconds : (microseconds + (microseconds >= 0 ? unit / 2 : -(unit / 2))) / unit * unit) * 10;
    }
}
