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
        await SameAsync(columns, expected);
    }

    [Fact]
    public async Task Bird_strikes_are_upserted_on_a_key_of_seven_columns()
    {
        string[] key = ["Flight Date", "Airport Name", "Aircraft Make Model", "Aircraft Airline Operator", "Wildlife Species", "Phase of flight", "Time of day"];
        var (columns, rows) = NaiveFile.Read("birdstrikes.csv");
        var places = key.Select(k => columns.ToList().IndexOf(k)).ToArray();
        var last = rows.GroupBy(Key).ToDictionary(g => g.Key, g => g.Last());

        // The first half of the file, with every cost wrong.
        var lines = File.ReadAllLines(NaiveFile.PathOf("birdstrikes.csv"));
        var half = Write("half.csv", string.Join('\n', lines.Take(5_001).Select((line, i) => i == 0 ? line : line[..line.LastIndexOf(',')] + ",999")));
        Expect(ExitCode.Done, await LoadAsync(Write("none.csv", lines[0] + "\n" + lines[1] + "\n"), "--create"));
        await Database.ExecuteAsync($"DELETE FROM {Table}");
        await Database.ExecuteAsync($"CREATE UNIQUE INDEX {Table}_key ON {Table} ({string.Join(", ", key.Select(k => $"\"{k}\""))})");
        Expect(ExitCode.Done, await LoadAsync(half, "--mode", "upsert", "--key", string.Join(',', key), "--duplicates", "first"));
        Assert.Equal("999", await QueryAsync($"SELECT DISTINCT \"Speed IAS in knots\" FROM {Table}"));

        var run = await LoadAsync(NaiveFile.PathOf("birdstrikes.csv"), "--mode", "upsert", "--key", string.Join(',', key), "--duplicates", "last");
        Expect(ExitCode.Done, run);
        var result = Result(run);
        Assert.Equal((9_934, 66), (result.GetProperty("inserted").GetInt64() + result.GetProperty("updated").GetInt64(), result.GetProperty("skipped").GetInt64()));
        Assert.Equal(rows.Take(5_000).Select(Key).Distinct().Count(), result.GetProperty("updated").GetInt64());
        await SameAsync(columns, last.Values);

        string Key(string row) => string.Join('|', places.Select(p => row.Split(NaiveFile.Separator)[p]));
    }

    [Fact]
    public async Task Weather_is_updated_from_a_second_file()
    {
        var (columns, rows) = NaiveFile.Read("seattle-weather-hourly-normals.csv");
        Expect(ExitCode.Done, await LoadAsync(NaiveFile.PathOf("seattle-weather-hourly-normals.csv"), "--create", "--key", "date"));
        // Every third hour is warmer, and one hour is of another year.
        var lines = File.ReadAllLines(NaiveFile.PathOf("seattle-weather-hourly-normals.csv")).Skip(1).Where((_, i) => i % 3 == 0).Select(l => l.Split(',')).ToList();
        var second = Write("second.csv", "temperature,date\n" + string.Concat(lines.Select(f => $"{decimal.Parse(f[2], System.Globalization.CultureInfo.InvariantCulture) + 20},{f[0]}\n")) + "1.5,2031-01-01T00:00:00\n");
        var run = await LoadAsync(second, "--mode", "update");
        Expect(ExitCode.Done, run);
        Assert.Equal((lines.Count, 1L), (Result(run).GetProperty("updated").GetInt64(), Result(run).GetProperty("skipped").GetInt64()));
        await SameAsync(columns, rows.Select((row, i) =>
        {
            var fields = row.Split(NaiveFile.Separator);
            if (i % 3 == 0)
                fields[2] = (decimal.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture) + 20).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return NaiveFile.Normalise(string.Join(NaiveFile.Separator, fields));
        }));
    }

    [Fact]
    public async Task Routes_are_deleted_by_a_file_and_synced_within_a_scope()
    {
        Expect(ExitCode.Done, await LoadAsync(NaiveFile.PathOf("flights-airport.csv"), "--create", "--key", "origin,destination"));
        var (columns, rows) = NaiveFile.Read("flights-airport.csv");

        // Of every fifth route only the key is said, and one is not in the table.
        var gone = rows.Where((_, i) => i % 5 == 0).ToList();
        var file = Write("gone.csv", "destination,origin\n" + string.Concat(gone.Select(r => r.Split(NaiveFile.Separator)).Select(f => $"{f[1]},{f[0]}\n")) + "ATL,NOWHERE\n");
        var run = await LoadAsync(file, "--mode", "delete");
        Expect(ExitCode.Done, run);
        Assert.Equal((gone.Count, 1L), (Result(run).GetProperty("deleted").GetInt64(), Result(run).GetProperty("skipped").GetInt64()));
        var left = rows.Except(gone).ToList();
        await SameAsync(columns, left);

        // The file stands for the routes from Atlanta: half of them with a new count, and one more.
        var atlanta = left.Where(r => r.StartsWith("ATL" + NaiveFile.Separator, StringComparison.Ordinal)).ToList();
        var stay = atlanta.Where((_, i) => i % 2 == 0).Select(r => r[..r.LastIndexOf(NaiveFile.Separator, StringComparison.Ordinal)] + NaiveFile.Separator + "77").Append(string.Join(NaiveFile.Separator, "ATL", "XXX", "1")).ToList();
        run = await LoadAsync(Write("atlanta.csv", "origin,destination,count\n" + string.Concat(stay.Select(r => r.Replace(NaiveFile.Separator, ",", StringComparison.Ordinal) + "\n"))), "--mode", "sync", "--where", "origin = 'ATL'");
        Expect(ExitCode.Done, run);
        var result = Result(run);
        Assert.Equal(
            (1L, stay.Count - 1L, atlanta.Count - (stay.Count - 1L)),
            (result.GetProperty("inserted").GetInt64(), result.GetProperty("updated").GetInt64(), result.GetProperty("removed").GetInt64()));
        await SameAsync(columns, left.Except(atlanta).Concat(stay));
    }

    async Task SameAsync(IReadOnlyList<string> columns, IEnumerable<string> expected)
    {
        var values = columns.Select(c => $"coalesce(CAST(\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS text), '{NaiveFile.Null}')");
        var stored = await QueryAsync($"SELECT {string.Join($" || '{NaiveFile.Separator}' || ", values)} FROM {Table}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Split('\n').Select(NaiveFile.Normalise).Order(StringComparer.Ordinal));
    }
}
