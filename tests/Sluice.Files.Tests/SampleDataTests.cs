using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Files.Tests;

public class SampleDataTests
{
    [Theory]
    [InlineData("airports.csv", 3_376, "iata text, name text, city text, state text, country text, latitude double precision, longitude double precision")]
    [InlineData("flights-airport.csv", 5_366, "origin text, destination text, count integer")]
    [InlineData("seattle-weather-hourly-normals.csv", 8_759, "date timestamp, pressure double precision, temperature double precision, wind double precision")]
    [InlineData("birdstrikes.csv", 10_000, "Airport Name text, Aircraft Make Model text, Effect Amount of damage text, Flight Date date, Aircraft Airline Operator text, Origin State text, Phase of flight text, Wildlife Size text, Wildlife Species text, Time of day text, Cost Other integer, Cost Repair integer, Cost Total $ integer, Speed IAS in knots integer")]
    [InlineData("flights-20k.jsonl", 20_000, "date timestamp, delay integer, distance integer, origin text, destination text")]
    [InlineData("flare.jsonl", 252, "id integer, name text, parent integer, size integer")]
    public async Task A_real_file_is_read_as_an_independent_reading_of_it_says(string name, int rows, string columns)
    {
        var path = TestFile.Sample(name);
        var expected = name.EndsWith(".csv", StringComparison.Ordinal) ? ReadCsv(path) : ReadJson(path);
        await using var file = await FileRows.OpenAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        var read = await TestFile.ReadAsync(file, block: 777);

        Assert.Equal(columns, string.Join(", ", file.Columns.Select(c => $"{c.Name} {c.Type}")));
        Assert.Equal(rows, read.Count);
        Assert.Equal(Checksum(expected), Checksum(read));
    }

    [Theory]
    [InlineData("airports.csv")]
    [InlineData("flights-airport.csv")]
    [InlineData("seattle-weather-hourly-normals.csv")]
    [InlineData("birdstrikes.csv")]
    [InlineData("flights-20k.jsonl")]
    [InlineData("flare.jsonl")]
    public async Task The_values_of_a_real_file_say_what_its_texts_say(string name)
    {
        await using var file = await FileRows.OpenAsync(TestFile.Sample(name), cancellationToken: TestContext.Current.CancellationToken);
        await using var again = await FileRows.OpenAsync(TestFile.Sample(name), cancellationToken: TestContext.Current.CancellationToken);
        var texts = (await TestFile.ReadAsync(file, block: 1_000)).SelectMany(r => r).ToList();

        var values = await TestFile.ValuesAsync(again, again.Describe("t", schema: null, []));

        Assert.Equal(texts.Count, values.Count);
        for (var i = 0; i < texts.Count; i++)
            Assert.Equal(Parse(texts[i], values[i]), values[i]);
    }

    [Fact]
    public async Task The_counts_of_the_routes_add_up()
    {
        await using var file = await FileRows.OpenAsync(TestFile.Sample("flights-airport.csv"), cancellationToken: TestContext.Current.CancellationToken);

        var values = await TestFile.ValuesAsync(file, file.Describe("t", schema: null, []));

        var sum = File.ReadLines(TestFile.Sample("flights-airport.csv")).Skip(1).Sum(line => long.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture));
        Assert.Equal(sum, values.OfType<long>().Sum());
    }

    // The framework's own parsing is the other opinion.
    static object? Parse(string? text, object? value) => value switch
    {
        null => null,
        long => long.Parse(text!, CultureInfo.InvariantCulture),
        double => double.Parse(text!, CultureInfo.InvariantCulture),
        DateOnly => DateOnly.Parse(text!, CultureInfo.InvariantCulture),
        DateTime => DateTime.Parse(text!, CultureInfo.InvariantCulture),
        _ => text,
    };

    static List<string?[]> ReadCsv(string path) => [.. ReferenceCsv.Parse(File.ReadAllText(path), ',', '"').Skip(1)];

    static List<string?[]> ReadJson(string path)
    {
        var objects = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var keys = objects.SelectMany(o => o.EnumerateObject()).Select(p => p.Name).Distinct().ToList();
        return [.. objects.Select(o => keys.Select(k => o.TryGetProperty(k, out var value) ? value.ToString() : null).ToArray())];
    }

    static string Checksum(List<string?[]> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in rows.SelectMany(r => r.Append("\n")))
            hash.AppendData(Encoding.UTF8.GetBytes(value is null ? "\0" : $"{value.Length}:{value}"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
