using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Specification.Samples;

public static class Times
{
    /// <summary>Points in time to the tick, of no kind.</summary>
    public static Gen<DateTime> Unspecified { get; } = Sample.From(r => new DateTime(r.NextInt64(1, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified));

    public static Gen<DateTime> Utc { get; } = Unspecified.Select(t => DateTime.SpecifyKind(t, DateTimeKind.Utc));

    public static Gen<DateTimeOffset> AtZero { get; } = Utc.Select(t => new DateTimeOffset(t));

    public static Gen<DateTimeOffset> AtAnyOffset { get; } = Sample.From(r =>
    {
        var offset = TimeSpan.FromMinutes(r.Next(-14 * 60, (14 * 60) + 1));
        return new DateTimeOffset(r.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), offset);
    });

    public static Gen<DateOnly> Date { get; } = Sample.From(r => DateOnly.FromDayNumber(r.Next(1, DateOnly.MaxValue.DayNumber)));

    public static Gen<TimeOnly> Time { get; } = Sample.From(r => new TimeOnly(r.Next(3) == 0 ? r.Next(86_400) * TimeSpan.TicksPerSecond : r.NextInt64(TimeSpan.TicksPerDay)));

    public static Gen<TimeSpan> Span { get; } = Sample.From(r => new TimeSpan(r.NextInt64(long.MinValue, long.MaxValue) >> r.Next(64)));

    /// <summary>To the microsecond, towards the epoch that the server counts from, as both Sluice and the driver cut ticks off; the extremes stand for infinity.</summary>
    public static DateTime Cut(DateTime value) =>
        value == DateTime.MaxValue || value == DateTime.MinValue ? value : new(value.Ticks - ((value.Ticks - s_epoch) % 10), value.Kind);

    public static DateTimeOffset Cut(DateTimeOffset value) => new(Cut(value.UtcDateTime));

    public static TimeOnly Cut(TimeOnly value) => new(value.Ticks / 10 * 10);

    static readonly long s_epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks;
}
