using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Spec;

/// <summary>Real files land whole: every value in the database, as its own client prints it, is the one that an independent reading of the file finds.</summary>
public abstract class RealFilesSpec(TestDatabase database) : CliSpec(database)
{
    [Theory]
    [InlineData("airports.csv", 3_376)]
    [InlineData("birdstrikes.csv", 10_000)]
    [InlineData("flights-airport.csv", 5_366)]
    [InlineData("seattle-weather-hourly-normals.csv", 8_759)]
    [InlineData("flights-20k.jsonl", 20_000)]
    [InlineData("flare.jsonl", 252)]
    public async Task A_real_file_lands_whole(string name, int rows)
    {
        var (columns, expected) = NaiveFile.Read(name);
        Assert.Equal(rows, expected.Count);

        var run = await LoadAsync(NaiveFile.PathOf(name), "--create");
        Expect(ExitCode.Done, run);

        Assert.Equal(rows.ToString(System.Globalization.CultureInfo.InvariantCulture), await CountAsync());
        var values = columns.Select(c => $"coalesce(CAST(\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS text), '{NaiveFile.Null}')");
        var stored = await QueryAsync($"SELECT {string.Join($" || '{NaiveFile.Separator}' || ", values)} FROM {Table}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Split('\n').Select(NaiveFile.Normalise).Order(StringComparer.Ordinal));
    }
}
