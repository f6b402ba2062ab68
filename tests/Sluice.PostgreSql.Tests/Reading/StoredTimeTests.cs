using Sluice.Rows;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Stored dates, times and spans that no value of .NET's types is.</summary>
public sealed class StoredTimeTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public sealed record Held<T>(int Id, T V);

    // The driver gives some of them as another time, without a word.
    [Theory]
    [InlineData("'4713-01-01 BC'::date")]
    [InlineData("'0001-12-31 BC'::date")]
    [InlineData("'10000-01-01'::date")]
    [InlineData("'5874897-12-31'::date")]
    [InlineData("'4713-01-01 BC'::timestamp")]
    [InlineData("'0001-12-31 BC 23:59:59.999999'::timestamp")]
    [InlineData("'10000-01-01'::timestamp")]
    [InlineData("'294276-12-31 23:59:59.999999'::timestamp")]
    [InlineData("'4713-01-01 BC'::timestamptz")]
    [InlineData("'294276-01-01'::timestamptz")]
    public async Task A_date_beyond_the_calendar_is_told_with_its_column_and_year(string value)
    {
        var year = await database.ScalarAsync<string>($"SELECT abs(extract(year FROM {value}))::int || CASE WHEN extract(year FROM {value}) < 0 THEN ' BC' ELSE '' END");
        var held = $"Column 'v' holds a date of the year {year}, and the years 1 to 9999";
        if (value.EndsWith("date", StringComparison.Ordinal))
            await ToldAsync<DateOnly>(value, held);
        else if (value.EndsWith("tz", StringComparison.Ordinal))
            await ToldAsync<DateTimeOffset>(value, held);
        await ToldAsync<DateTime>(value, held);
    }

    [Theory]
    [InlineData("'1 mon'::interval", "1 month,")]
    [InlineData("'-1 year 3 days'::interval", "-12 months and more,")]
    [InlineData("'178000000 years'::interval", "2136000000 months,")]
    [InlineData("'infinity'::interval", "infinity,")]
    [InlineData("'20000000 days'::interval", "20000000 days,")]
    [InlineData("'-2000000000 days'::interval", "-2000000000 days,")]
    public Task A_span_that_no_TimeSpan_is_is_told(string value, string held) =>
        ToldAsync<TimeSpan>(value, $"Column 'v' holds {held} and a TimeSpan");

    [Fact]
    public Task The_end_of_a_day_is_no_TimeOnly() =>
        ToldAsync<TimeOnly>("'24:00'::time", "Column 'v' holds 24:00:00, and a TimeOnly ends before midnight");

    async Task ToldAsync<T>(string value, string held)
        where T : struct
    {
        var query = Sql.Raw($"SELECT 1 AS id, {value} AS v");
        var one = Sql.Raw($"SELECT {value} AS v");
        await TellsAsync(held, () => database.Engine.QueryAsync<T>(one, Stop));
        await TellsAsync(held, () => database.Engine.QueryAsync<T?>(one, Stop));
        await TellsAsync(held, () => database.Engine.ScalarAsync<T>(one, Stop));
        await TellsAsync(held, () => database.Engine.QueryAsync<int, T>(query, Stop));
        await TellsAsync(held, () => database.Engine.QueryAsync<Held<T>>(query, Stop));
        await TellsAsync(held, () => database.Engine.QueryAsync<Held<T?>>(query, Stop));
        if (typeof(T) != typeof(DateTime) || !value.EndsWith("date", StringComparison.Ordinal))
        {
            await TellsAsync(held, () => database.Engine.QueryAsync<object?[]>(query, Stop));
            await TellsAsync(held, () => database.Engine.QueryAsync<Dictionary<string, object?>>(query, Stop));
        }
        foreach (var mode in new[] { StreamMode.Cursor, StreamMode.Direct })
        {
            await TellsAsync(held, async () =>
            {
                await foreach (var _ in database.Engine.StreamAsync<Held<T>>(query, new() { Mode = mode }, Stop))
                {
                }
            });
        }
        // As text it is read whole.
        Assert.Equal([await database.ScalarAsync<string>($"SELECT ({value})::text")],
            await database.Engine.QueryAsync<string>(Sql.Raw($"SELECT ({value})::text"), Stop));
    }

    static async Task TellsAsync(string held, Func<Task> read)
    {
        var told = await Assert.ThrowsAnyAsync<BulkException>(read);
        Assert.Contains(held, told.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("v::text", told.Message, StringComparison.Ordinal);
        Assert.Equal("SLU0147", told.Code);
    }

    [Fact]
    public async Task What_the_calendar_has_is_read_as_it_is()
    {
        Assert.Equal([DateOnly.MinValue, DateOnly.MaxValue, new(9999, 12, 31), new(1, 1, 1)],
            await database.Engine.QueryAsync<DateOnly>(Sql.Raw("SELECT unnest('{-infinity,infinity,9999-12-31,0001-01-01}'::date[])"),
                Stop));
        Assert.Equal(
            [DateTime.MinValue, DateTime.MaxValue, new(9999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Unspecified), DateTime.MinValue],
            await database.Engine.QueryAsync<DateTime>(Sql.Raw("SELECT unnest('{-infinity,infinity,9999-12-31 23:59:59.999999,0001-01-01}'::timestamp[])"), Stop));
        Assert.Equal(
            [TimeSpan.FromDays(10_675_199), TimeSpan.FromDays(-10_675_199), TimeSpan.FromHours(25)],
            await database.Engine.QueryAsync<TimeSpan>(Sql.Raw("SELECT unnest('{10675199 days,-10675199 days,25:00}'::interval[])"), Stop));
        Assert.Equal([TimeSpan.FromDays(1)], await database.Engine.QueryAsync<TimeSpan>(Sql.Raw("SELECT '24:00'::time"), Stop));
    }
}
