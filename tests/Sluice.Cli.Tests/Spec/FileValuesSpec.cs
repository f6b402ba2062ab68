using System.Globalization;
using System.Text.Json;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Spec;

/// <summary>A file that became a table answers SQL as the file would: the types that were detected change no value and no order.</summary>
public abstract class FileValuesSpec(TestDatabase database) : CliSpec(database)
{
    [Theory]
    [InlineData("59.91386880000001\n9.5\n10.75\n1\n", "v > 9.6", "2", "1", "59.91386880000001")]
    [InlineData("0.30000000000000004\n-5\n1234567890123456\n", "v > 1", "1", "-5", "1234567890123456")]
    [InlineData("-73.98765432109876\n-9.5\n-10\n", "v < -9.6", "2", "-73.98765432109876", "-9.5")]
    public async Task Numbers_that_a_double_gives_back_compare_as_numbers(string rows, string condition, string count, string least, string greatest)
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "v,w\n" + rows.Replace("\n", ",x\n", StringComparison.Ordinal)), "--create"));

        Assert.Equal(count, await QueryAsync($"SELECT count(*) FROM {Table} WHERE {condition}"));
        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE v = {least} AND v = (SELECT min(v) FROM {Table})"));
        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE v = {greatest} AND v = (SELECT max(v) FROM {Table})"));
    }

    [Fact]
    public async Task Numbers_that_no_double_gives_back_keep_every_digit_and_whole_ones_their_form()
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "v,w\n1,x\n0.12345678901234567891,x\n18446744073709551615,x\n-20,x\n"), "--create"));

        Assert.Equal("-20\n0.12345678901234567891\n1\n18446744073709551615", Sorted(await QueryAsync($"SELECT v FROM {Table}")));
    }

    [Fact]
    public async Task Whole_numbers_beyond_64_bits_keep_their_form()
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "v,w\n7,x\n18446744073709551615,x\n340282366920938463463374607431768211456,x\n"), "--create"));

        Assert.Equal("18446744073709551615\n340282366920938463463374607431768211456\n7", Sorted(await QueryAsync($"SELECT v FROM {Table}")));
        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE CAST(v AS text) = '7'"));
    }

    [Theory]
    [InlineData("1E5", "76E2")]
    [InlineData("1e5", "100000")]
    [InlineData("007", "7")]
    [InlineData("+49", "49")]
    [InlineData("0x10", "16")]
    [InlineData("1,234", "1234")]
    [InlineData("NaN", "1.5")]
    [InlineData("t", "f")]
    [InlineData("1-2-3", "2001-02-03")]
    [InlineData("5.", "5")]
    [InlineData("7d444840-9dc0-11d1-b245-5ffdce74fad2", "7D444840-9DC0-11D1-B245-5FFDCE74FAD3")]
    [InlineData("2024-01-01T00:00:00.1234567", "2024-01-01T00:00:00")]
    [InlineData("9999-12-31 23:59:59.9999999", "0001-01-01 00:00:00")]
    public async Task What_a_number_or_a_time_would_not_give_back_stays_its_text(string one, string other)
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", $"v,w\n\"{one}\",1\n\"{other}\",2\n"), "--create", "--delimiter", ","));

        Assert.Equal($"{one}\n{other}", await QueryAsync($"SELECT v FROM {Table} ORDER BY w"));
        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE v = '{one}'"));
    }

    [Fact]
    public async Task Json_numbers_with_an_exponent_are_numbers()
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.jsonl", "{\"v\":1e5}\n{\"v\":2}\n"), "--create"));

        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE v > 50000 AND v < 200000"));
    }

    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/Los_Angeles")]
    [InlineData("UTC")]
    public async Task The_machines_time_zone_decides_nothing_from_year_1_to_9999(string zone)
    {
        var file = Write("rows.csv", "id,at,utc,day\n1,0001-01-01 00:00:00,0001-01-01T00:00:00Z,0001-01-01\n2,9999-12-31 23:59:59.999999,9999-12-31T23:59:59.999999Z,9999-12-31\n3,2024-03-31 02:30:00,2024-03-31T02:30:00+02:00,2024-03-31\n");

        Expect(ExitCode.Done, await RunAsync(["load", file, "--to", Target, "--table", Table, "--create"], environment: new() { ["TZ"] = zone }));

        Assert.Equal("0001-01-01 00:00:00\n9999-12-31 23:59:59.999999\n2024-03-31 02:30:00", await QueryAsync($"SELECT at FROM {Table} ORDER BY id"));
        Assert.Equal("0001-01-01\n9999-12-31\n2024-03-31", await QueryAsync($"SELECT day FROM {Table} ORDER BY id"));
        Assert.Equal("0", await QueryAsync($"SELECT count(*) FROM {Table} WHERE CAST(utc AS text) LIKE '%inf%' OR CAST(at AS text) LIKE '%inf%'"));
        // What was stored is read again, whichever way the clock of the machine goes.
        var exported = await RunAsync(["export", Target, "--table", Table, "--format", "csv"], environment: new() { ["TZ"] = zone });
        Expect(ExitCode.Done, exported);
        var text = exported.Text.Replace('T', ' ').Replace("+00:00", "Z", StringComparison.Ordinal);
        Assert.Contains("1,0001-01-01 00:00:00,0001-01-01 00:00:00Z,0001-01-01", text, StringComparison.Ordinal);
        Assert.Contains("2,9999-12-31 23:59:59.999999,9999-12-31 23:59:59.999999Z,9999-12-31", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_thousand_flights_answer_sql_as_the_file_does()
    {
        var lines = Enumerable.Repeat(File.ReadAllLines(NaiveFile.PathOf("flights-20k.jsonl")), 10).SelectMany(l => l).Select((line, i) => string.Create(
            CultureInfo.InvariantCulture, $"{line[..^1]},\"lat\":{(i % 7 == 0 ? "59.91386880000001" : i % 7 == 1 ? "9" : "9.5")},\"code\":\"{i % 90 + 10}E{i % 10}\"}}")).ToList();
        Expect(ExitCode.Done, await LoadAsync(Write("flights.jsonl", string.Join('\n', lines)), "--create"));

        var flights = lines.ConvertAll(l => JsonDocument.Parse(l).RootElement);
        Assert.Equal(200_000, flights.Count);
        await SameAsync("count(*)", flights.Count);
        await SameAsync("sum(delay)", flights.Sum(f => f.GetProperty("delay").GetInt64()));
        await SameAsync("max(delay)", flights.Max(f => f.GetProperty("delay").GetInt64()));
        await SameAsync("min(distance)", flights.Min(f => f.GetProperty("distance").GetInt64()));
        await SameAsync("count(DISTINCT origin || destination)", flights.Select(f => f.GetProperty("origin").GetString() + f.GetProperty("destination").GetString()).Distinct().Count());
        await SameAsync("count(*) FILTER (WHERE lat > 9.1)", flights.Count(f => f.GetProperty("lat").GetDouble() > 9.1));
        await SameAsync("count(*) FILTER (WHERE lat = 9)", flights.Count(f => f.GetProperty("lat").GetDouble() == 9));
        await SameAsync("count(*) FILTER (WHERE code = '11E1')", flights.Count(f => f.GetProperty("code").GetString() == "11E1"));
        await SameAsync("count(*) FILTER (WHERE lat = 59.91386880000001)", flights.Count(f => f.GetProperty("lat").GetDouble() == 59.91386880000001));
        Assert.Equal(
            flights.Max(f => f.GetProperty("date").GetString())!.Replace('/', '-') + ":00", await QueryAsync($"SELECT max(date) FROM {Table}"));

        async Task SameAsync(string expression, long expected) =>
            Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), await QueryAsync($"SELECT {expression} FROM {Table}"));
    }

    [Fact]
    public async Task A_value_past_the_sample_that_the_detected_type_does_not_keep_is_refused_with_a_remedy_of_this_command()
    {
        var rows = string.Concat(Enumerable.Repeat("1.5,x\n", 21_000));
        var run = await LoadAsync(Write("rows.csv", "v,w\n" + rows + "0.12345678901234567891,x\n"), "--create");

        Expect(ExitCode.Failed, run);
        Assert.Contains("Row 21001 (rows.csv line 21002), column 'v'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("create the table beforehand with a text column", run.Errors, StringComparison.Ordinal);
        Assert.False(await TableExistsAsync());
    }

    static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));
}
