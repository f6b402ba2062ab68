using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>A strike of a bird on an aircraft; the file has no number for it, so what tells strikes apart is most of what is known of them.</summary>
[RowOf("strikes")]
public sealed partial record Strike(
    [property: Key] DateOnly FlightDate, [property: Key] string Airport, [property: Key] string Aircraft, [property: Key] string Operator, [property: Key] string Species,
    [property: Key] string Phase, [property: Key] string TimeOfDay, int Cost, int? Speed);

[RowOf("weather")]
public sealed partial record Weather([property: Key] DateTime Date, double Pressure, double Temperature, double Wind);

/// <summary>Rows of real files change what is there, and the database's own client sees what an independent reckoning of the file says.</summary>
public abstract class RealRowsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Strike.StrikeTable s_s = Strike.Table;

    static readonly Weather.WeatherTable s_w = Weather.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // No field of these files is quoted.
    static IEnumerable<string[]> Read(string path) => File.ReadLines(path).Skip(1).Select(line => line.Split(','));

    static string Sample(string name) => Repository.PathTo("samples", "data", name);

    async Task<string[]> LinesAsync(string sql) => (await Database.RunClientAsync(sql)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static Strike[] Strikes() => [.. Read(Sample("birdstrikes.csv")).Select(f => new Strike(
        DateOnly.ParseExact(f[3], "yyyy-MM-dd", CultureInfo.InvariantCulture), f[0], f[1], f[4], f[8], f[6], f[9], Number(f[12]), f[13].Length == 0 ? null : Number(f[13])))];

    static object KeyOf(Strike s) => s with { Cost = 0, Speed = null };

    [Theory]
    [InlineData(500)]
    [InlineData(20_000)]
    public async Task Bird_strikes_are_upserted_twice_on_a_key_of_seven_columns(int chunk)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS strikes");
        await Engine.CreateTableAsync(s_s, Stop);
        var strikes = Strikes();
        var told = strikes.DistinctBy(KeyOf).ToArray();
        var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk), Duplicates = Duplicates.KeepLast };

        var first = await Engine.UpsertAsync(strikes, options: options, cancellationToken: Stop);
        Assert.Equal((10_000, told.Length, 10_000 - told.Length), (first.Read, first.Inserted, first.Skipped));
        await SameAsync(strikes.GroupBy(KeyOf).Select(g => g.Last()));

        // Every third strike cost more than was thought, and two are new.
        Strike[] second = [.. strikes.GroupBy(KeyOf).Select(g => g.Last()).Select((s, i) => i % 3 == 0 ? s with { Cost = s.Cost + 1_000 } : s)];
        var dearer = (second.Length + 2) / 3;
        second = [.. second, second[0] with { Species = "Dodo" }, second[1] with { Species = "Dodo", Cost = 7 }];
        new Random(11).Shuffle(second);
        var again = await Engine.UpsertAsync(
            second, on: on =>
                on.Set(s_s.Cost).Set(s_s.Speed).Where(Excluded(s_s.Cost) != s_s.Cost | Excluded(s_s.Speed).IsDistinctFrom(s_s.Speed)), options: options, cancellationToken: Stop);
        Assert.Equal((2, dearer, second.Length - 2 - dearer, 0), (again.Inserted, again.Updated, again.Unchanged, again.Skipped));
        await SameAsync(second);
    }

    async Task SameAsync(IEnumerable<Strike> expected)
    {
        var rows = expected.ToList();
        var sums = string.Create(CultureInfo.InvariantCulture, $"{rows.Count}|{rows.Sum(r => (long)r.Cost)}|{rows.Sum(r => (long?)r.Speed)}|{rows.Sum(r => r.Species.Length)}");
        Assert.Equal([sums], await LinesAsync("SELECT count(*), sum(cost), sum(speed), sum(length(species)) FROM strikes"));
        var stored = await LinesAsync("SELECT flight_date, airport, aircraft, operator, species, phase, time_of_day, cost, speed FROM strikes");
        Assert.Equal(rows.Select(Line).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));

        static string Line(Strike s) => string.Create(CultureInfo.InvariantCulture, $"{s.FlightDate:yyyy-MM-dd}|{s.Airport}|{s.Aircraft}|{s.Operator}|{s.Species}|{s.Phase}|{s.TimeOfDay}|{s.Cost}|{s.Speed}");
    }

    static Weather[] Hours(string path) => [.. Read(path).Select(f => new Weather(
        DateTime.Parse(f[0], CultureInfo.InvariantCulture), Real(f[1]), Real(f[2]), Real(f[3])))];

    static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public async Task Weather_is_updated_from_a_second_file_and_what_it_does_not_say_stays()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS weather");
        await Database.ExecuteAsync("CREATE TABLE weather (date timestamp PRIMARY KEY, pressure double precision NOT NULL, temperature double precision NOT NULL, wind double precision NOT NULL)");
        var hours = Hours(Sample("seattle-weather-hourly-normals.csv"));
        Assert.Equal(8_759, (await Engine.InsertAsync(hours, cancellationToken: Stop)).Inserted);

        // Every seventh hour was warmer; the rest of its line is nonsense, and an hour of another year is not in the table.
        var lines = Read(Sample("seattle-weather-hourly-normals.csv")).Where((_, i) => i % 7 == 0).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f[0]},-1,{Real(f[2]) + 2.5},-1"));
        var path = Path.Combine(Directory.CreateTempSubdirectory("sluice-weather").FullName, "second.csv");
        await File.WriteAllLinesAsync(path, ["date,pressure,temperature,wind", .. lines, "2031-01-01T01:00:00,0,0,0"], Stop);
        var second = Hours(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        var unmatched = new List<Weather>();
        var update = Engine.UpdateReturningAsync(second, s_w.Pressure, on: on => on.Set(s_w.Temperature), cancellationToken: Stop);
        await foreach (var (row, pressure, action) in update)
        {
            if (action is RowAction.Skipped)
                unmatched.Add(row);
            else
                Assert.True(pressure > 900);
        }
        Assert.Equal([second[^1]], unmatched);
        Assert.Equal((second.Length - 1, 1), (update.Result.Updated, update.Result.Skipped));
        var stored = await LinesAsync("SELECT substr(CAST(date AS text), 1, 16), CAST(round(pressure * 10) AS integer), CAST(round(temperature * 10) AS integer), CAST(round(wind * 10) AS integer) FROM weather ORDER BY date");
        Assert.Equal(hours.Select((h, i) => Line(i % 7 == 0 ? h with { Temperature = h.Temperature + 2.5 } : h)), stored);

        static string Line(Weather w) => string.Create(CultureInfo.InvariantCulture, $"{w.Date:yyyy-MM-dd HH:mm}|{Tenths(w.Pressure)}|{Tenths(w.Temperature)}|{Tenths(w.Wind)}");
        static int Tenths(double value) => (int)Math.Round(value * 10);
    }
}
