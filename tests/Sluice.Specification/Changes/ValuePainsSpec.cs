using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

/// <summary>A row whose properties are of other types than the table's columns.</summary>
[RowOf("measured")]
public sealed partial record Measured([property: Key] int K, int? Small, int? Big, int? Amount, int? Ratio, string? Label);

/// <summary>A row of every kind of time.</summary>
[RowOf("moments")]
public sealed partial record Moment([property: Key] int K, DateTime? Local, DateTimeOffset? Instant, DateOnly? Day);

/// <summary>What users of bulk libraries complain of about values, shown not to happen here, whatever verb sends them and on whatever way.</summary>
public abstract class ValuePainsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly string[] s_verbs = ["insert", "upsert", "update", "returning"];

    async Task CreateAsync() => await Database.ExecuteAsync("""
        DROP TABLE IF EXISTS measured;
        CREATE TABLE measured (k bigint PRIMARY KEY, small smallint, big bigint, amount numeric(12,2), ratio double precision, label varchar(40));
        """);

    async Task<BulkResult> SendAsync<T>(string verb, IReadOnlyList<T> rows, Sluice.Column<int> key, Func<T, T> bare,
        BulkOptions? options = null)
    {
        if (verb is "insert")
            return await Engine.InsertAsync(rows, options: options, cancellationToken: Stop);
        // Something is there already, whose values the rows replace.
        await Engine.InsertAsync(rows.Where((_, i) => verb is "update" || i % 2 == 0).Select(bare), cancellationToken: Stop);
        return verb switch
        {
            "upsert" => await Engine.UpsertAsync(rows, options: options, cancellationToken: Stop),
            "update" => await Engine.UpdateAsync(rows, options: options, cancellationToken: Stop),
            _ => await Engine.UpsertReturningAsync(rows, key, options: options, cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop),
        };
    }

    static Measured[] Measures(int count) => [.. Enumerable.Range(0, count).Select(i => new Measured(i, i - 7, i * 100_000, i, i, i % 3 == 0 ? null : $"l{i}"))];

    Task<BulkResult> SendAsync(string verb, Measured[] rows, BulkOptions? options = null) => SendAsync(verb, rows, Measured.Table.K, r => new Measured(r.K, null, null, null, null, null), options);

    [Theory]
    [InlineData(15)]
    [InlineData(4_000)]
    public async Task Whole_numbers_fit_columns_of_every_number_type(int count)
    {
        foreach (var verb in s_verbs)
        {
            await CreateAsync();
            Assert.Equal(count, (await SendAsync(verb, Measures(count))).Loaded);
            var n = (long)count;
            var sum = n * (n - 1) / 2;
            Assert.Equal(
                string.Create(CultureInfo.InvariantCulture, $"{n}|{sum - (7 * n)}|{sum * 100_000}|{sum}|{sum}"),
                (await Database.RunClientAsync("SELECT count(*), sum(small), sum(big), CAST(sum(amount) AS bigint), CAST(sum(ratio) AS bigint) FROM measured")).Trim());
        }
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(4_000, 3_777)]
    public async Task A_text_that_cannot_be_stored_is_refused_by_row_and_column_and_shown_on_request(int count, int bad)
    {
        foreach (var verb in s_verbs)
        {
            await CreateAsync();
            var rows = Measures(count);
            rows[bad - 1] = rows[bad - 1] with { Label = "secret\0" };
            var refused = await Assert.ThrowsAsync<BulkRowException>(() => SendAsync(verb, rows));
            Assert.Equal(("SLU0203", (long?)bad, "label"), (refused.Code, refused.RowNumber, refused.ColumnName));
            Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
            Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM measured WHERE label IS NOT NULL"));

            await CreateAsync();
            var shown = await Assert.ThrowsAsync<BulkRowException>(() => SendAsync(verb, rows, new() { Faults = new() { IncludeValues = true } }));
            Assert.Contains("secret", shown.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(4_000)]
    public async Task Times_are_stored_alike_by_every_verb(int count)
    {
        var (local, instant) = (new DateTime(2020, 2, 29, 23, 59, 59, 999, DateTimeKind.Unspecified), new DateTimeOffset(2020, 2, 29, 23, 59, 59, TimeSpan.FromHours(5.5)));
        Moment[] rows = [.. Enumerable.Range(0, count).Select(i => (i % 5) switch
        {
            0 => new Moment(i, local.AddDays(i).AddTicks(10 * i), instant.AddMinutes(i), new DateOnly(1999, 12, 31).AddDays(i)),
            1 => new Moment(i, DateTime.MaxValue, DateTimeOffset.MaxValue, DateOnly.MaxValue),
            2 => new Moment(i, DateTime.MinValue, DateTimeOffset.MinValue, DateOnly.MinValue),
            3 => new Moment(i, null, null, null),
            _ => new Moment(i, new DateTime(1583, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), instant.AddYears(-400), new DateOnly(1583, 1, 1)),
        })];
        var stored = new List<string>();
        foreach (var verb in s_verbs)
        {
            await Database.ExecuteAsync("DROP TABLE IF EXISTS moments");
            await Database.ExecuteAsync("CREATE TABLE moments (k integer PRIMARY KEY, local timestamp, instant timestamp with time zone, day date)");
            Assert.Equal(count, (await SendAsync(verb, rows, Moment.Table.K, r => new Moment(r.K, local, null, null))).Loaded);
            stored.Add(await Database.RunClientAsync("SELECT * FROM moments ORDER BY k"));
        }
        Assert.Equal(count, stored[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(stored, s => Assert.Equal(stored[0], s));
        var read = await Engine.QueryAsync<Moment>(Sql.Select(Moment.Table).From(Moment.Table).OrderBy(Moment.Table.K), Stop);
        Assert.Equal(rows.Select(r => r.Local), read.Select(r => r.Local));
        Assert.Equal(rows.Select(r => r.Day), read.Select(r => r.Day));
        Assert.Equal(rows.Select(r => r.Instant?.UtcDateTime), read.Select(r => r.Instant?.UtcDateTime));
    }
}
