using System.Globalization;
using NpgsqlTypes;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

public abstract class TimeEncoderSpec(TestPostgres database) : EncoderSpec(database)
{
    static readonly DateTime s_epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    static readonly DateTime[] s_times =
    [
        DateTime.MinValue, DateTime.MaxValue, DateTime.MinValue.AddTicks(10), DateTime.MaxValue.AddTicks(-10), s_epoch, s_epoch.AddTicks(-1), s_epoch.AddTicks(1), s_epoch.AddTicks(-10),
        s_epoch.AddTicks(19), new(1970, 1, 1), new(2024, 2, 29, 23, 59, 59), new(1582, 10, 15), new(2026, 3, 29, 2, 30, 0),
    ];

    [Fact]
    public Task Date() => AssertValuesRoundTripAsync(
        "date", Sample.Of(Times.Date, DateOnly.MinValue, DateOnly.MaxValue, DateOnly.MinValue.AddDays(1), DateOnly.MaxValue.AddDays(-1), new(2000, 1, 1), new(1999, 12, 31), new(2024, 2, 29)));

    [Fact]
    public Task Time() => AssertValuesRoundTripAsync("time", Sample.Of(Times.Time, TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 0)), stored: Times.Cut);

    [Fact]
    public Task Time_from_a_time_span() => AssertValuesRoundTripAsync("time", [TimeSpan.Zero, TimeSpan.FromTicks(863_999_999_990), new(13, 14, 15)], NpgsqlDbType.Time);

    [Fact]
    public async Task Midnight_at_the_end_of_a_day_is_a_time() => Assert.Equal("24:00:00\n", (await PrintAsync(await LoadAsync("time", [TimeSpan.FromDays(1)]))).ReplaceLineEndings("\n"));

    [Fact]
    public Task Timetz() => AssertReadAsTextAsync("timetz", Sample.Of(Times.AtAnyOffset), v => Times.Cut(TimeOnly.FromDateTime(v.DateTime)).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + v.ToString("zzz", CultureInfo.InvariantCulture));

    [Fact]
    public Task Timestamp() => AssertValuesRoundTripAsync("timestamp", Sample.Of(Times.Unspecified, s_times), NpgsqlDbType.Timestamp, Times.Cut);

    [Fact]
    public Task Timestamptz() => AssertValuesRoundTripAsync(
        "timestamptz", Sample.Of(Times.Utc, [.. s_times.Select(t => DateTime.SpecifyKind(t, DateTimeKind.Utc))]), NpgsqlDbType.TimestampTz, Times.Cut);

    [Fact]
    public Task Timestamptz_from_points_in_time() => AssertValuesRoundTripAsync(
        "timestamptz", Sample.Of(Times.AtZero, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch), NpgsqlDbType.TimestampTz, Times.Cut);

    [Fact]
    public async Task Points_in_time_of_any_offset_are_stored_as_the_same_moment()
    {
        var values = Sample.Of(Times.AtAnyOffset);
        var table = await LoadAsync("timestamptz", values);
        Assert.Equal(values.Select(v => Times.Cut(v)), await ReadAsync<DateTimeOffset>(table));
    }

    [Fact]
    public Task A_timestamp_of_few_digits_is_rounded_as_the_server_rounds_it() =>
        AssertRoundTripsAsync<DateTime?>("timestamp(0)", [new(2026, 1, 1, 12, 0, 0), null], NpgsqlDbType.Timestamp);

    [Fact]
    public Task Interval() => AssertValuesRoundTripAsync(
        "interval",
        Sample.Of(Times.Span, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(-1), TimeSpan.FromTicks(-1), TimeSpan.FromTicks(9), new(-3, 4, 5)),
        stored: v => new TimeSpan(v.Ticks / 10 * 10));

    [Fact]
    public Task A_date_with_a_time_of_midnight_is_a_date() => AssertValuesRoundTripAsync("date", [new DateTime(2026, 1, 31), DateTime.MinValue], NpgsqlDbType.Date);

    [Fact]
    public async Task The_kind_of_a_time_decides_its_columns()
    {
        var time = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        var local = DateTime.SpecifyKind(time, DateTimeKind.Local);
        var unspecified = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);

        await AssertRefusedAsync("timestamp", [unspecified, time], 2, "22007");
        await AssertRefusedAsync("timestamptz", [time, unspecified], 2, "22007");
        await AssertRefusedAsync("timestamptz", [time, local], 2, "22007");
        await AssertRoundTripsAsync("timestamp", [unspecified, local], NpgsqlDbType.Timestamp);
        await AssertRoundTripsAsync("timestamptz", [time, DateTime.MaxValue, DateTime.MinValue], NpgsqlDbType.TimestampTz);
    }

    [Fact]
    public async Task A_time_of_day_is_not_dropped_for_a_date() => await AssertRefusedAsync("date", [new DateTime(2026, 1, 31), new DateTime(2026, 1, 31, 12, 0, 0)], 2, "42804");

    [Fact]
    public async Task A_time_span_beyond_a_day_is_no_time() => await AssertRefusedAsync("time", [TimeSpan.Zero, TimeSpan.FromHours(25)], 2, "42804");

    [Fact]
    public async Task Psql_prints_the_extremes_as_infinity()
    {
        Assert.Equal("-infinity\ninfinity\n", (await PrintAsync(await LoadAsync("timestamp", [DateTime.MinValue, DateTime.MaxValue]))).ReplaceLineEndings("\n"));
        Assert.Equal("-infinity\ninfinity\n", (await PrintAsync(await LoadAsync("timestamptz", [DateTimeOffset.MinValue, DateTimeOffset.MaxValue]))).ReplaceLineEndings("\n"));
        Assert.Equal("-infinity\ninfinity\n", (await PrintAsync(await LoadAsync("date", [DateOnly.MinValue, DateOnly.MaxValue]))).ReplaceLineEndings("\n"));
        Assert.Equal("1 day 02:03:04.5\n", (await PrintAsync(await LoadAsync("interval", [new TimeSpan(1, 2, 3, 4, 500)]))).ReplaceLineEndings("\n"));
    }
}
