using System.Globalization;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>Timestamps are text; whatever the framework's parser makes of it is what a reader gives.</summary>
public sealed class TimestampReadingTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly string[] s_forms =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.f", "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-dd HH:mm:ss.fffffff", "yyyy-MM-dd HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.fffffffzzz", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssZ", "dd MMM yyyy HH:mm:ss", "O", "R",
    ];

    [Fact]
    public async Task Any_moment_in_any_form_reads_as_the_framework_parses_it()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var texts = new List<string> { "0001-01-01 00:00:00", "9999-12-31 23:59:59.9999999", "2024-02-29 23:59:59+14:00", "2023-01-01 00:00:00-14:00", "9999-12-31 23:59:59-00:00", "0001-01-01 00:00:00+00:00" };
        for (var i = 0; i < 3_000; i++)
        {
            var time = new DateTime(random.NextInt64(TimeSpan.TicksPerDay * 2, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay * 2));
            var form = s_forms[random.Next(s_forms.Length)];
            texts.Add(new DateTimeOffset(time, TimeSpan.FromMinutes(random.Next(-840, 841))).ToString(form, CultureInfo.InvariantCulture));
        }

        await using var engine = database.CreateEngine();
        var read = await engine.QueryAsync<DateTimeOffset>(Text($"SELECT value FROM json_each({System.Text.Json.JsonSerializer.Serialize(texts)})"), Stop);

        for (var i = 0; i < texts.Count; i++)
        {
            var expected = DateTimeOffset.Parse(texts[i], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.True(expected.EqualsExact(read[i]), $"'{texts[i]}' was read as {read[i]:O}, not {expected:O}; seed {seed}.");
        }
    }

    [Theory]
    [InlineData("2024-02-30 00:00:00")]
    [InlineData("2024-13-01 00:00:00")]
    [InlineData("2024-00-01 00:00:00")]
    [InlineData("2024-01-01 24:00:00")]
    [InlineData("2024-01-01 00:60:00")]
    [InlineData("2024-01-01 00:00:60")]
    [InlineData("0000-01-01 00:00:00")]
    [InlineData("2024-01-01 00:00:00+15:00")]
    [InlineData("2024-01-01 00:00:00.")]
    [InlineData("2024-01-0a 00:00:00")]
    [InlineData("0001-01-01 00:00:00+01:00")]
    [InlineData("yesterday")]
    public async Task What_is_no_time_is_refused_or_read_as_the_framework_parses_it(string text)
    {
        await using var engine = database.CreateEngine();
        DateTimeOffset? expected = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : null;

        if (expected is null)
            await Assert.ThrowsAnyAsync<Exception>(() => engine.ScalarAsync<DateTimeOffset>(Text($"SELECT {text}"), Stop));
        else
            Assert.Equal(expected, await engine.ScalarAsync<DateTimeOffset>(Text($"SELECT {text}"), Stop));
    }
}
