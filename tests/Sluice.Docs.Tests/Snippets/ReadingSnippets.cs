using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/reading.md shows, run on both databases.</summary>
public sealed class ReadingSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    const int Rows = 2_500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_streamed(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await engine.CreateTableAsync(Sample.Table);
        await engine.CreateTableAsync(Report.Table);
        await engine.InsertAsync(Enumerable.Range(1, Rows).Select(i => new Sample(i, "s" + (i % 7), i % 40)));
        await StreamAsync(engine);
        await BatchesAsync(engine);
        await PagesAsync(engine);
        await TransformAsync(engine);
    }

    static async Task StreamAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var warm = 0;

        // docs: reading-stream
        var s = Sample.Table;
        var query = Select(s).From(s).Where(s.Celsius > 20).OrderBy(s.Id);
        await foreach (var sample in engine.StreamAsync<Sample>(query, cancellationToken: ct))
        {
            if (++warm == 100)
                break;                          // the database's work ends here, and the connection is free again
        }
        // end

        Assert.Equal(100, warm);
    }

    static async Task BatchesAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var s = Sample.Table;
        var sizes = new List<int>();

        // docs: reading-batches
        var options = new StreamOptions
        {
            YieldPer = 1_000,                               // rows of a batch
            Mode = StreamMode.Cursor,                       // or Direct, or Auto
            MaxConsumerPause = TimeSpan.FromMinutes(5),     // a consumer that holds a batch for longer has its stream ended
        };
        await foreach (IReadOnlyList<Sample> batch in engine.StreamAsync<Sample>(Select(s).From(s), options, ct).Batches())
            sizes.Add(batch.Count);
        // end

        Assert.Equal([1_000, 1_000, 500], sizes);
    }

    static async Task PagesAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var s = Sample.Table;
        var seen = new List<long>();

        // docs: reading-pages
        await foreach (var sample in engine.StreamByKeyAsync<Sample>(Select(s).From(s), [s.Celsius.Desc(), s.Id], pageSize: 500, ct))
            seen.Add(sample.Id);
        // end

        Assert.Equal(Rows, seen.Count);
        Assert.Equal(39, seen[0]);
    }

    static async Task TransformAsync(Engine engine)
    {
        var ct = CancellationToken.None;
        var s = Sample.Table;

        // docs: reading-transform
        var reports = engine.StreamAsync<Sample>(Select(s).From(s), cancellationToken: ct)
            .TransformAsync(sample => new Report(sample.Id, sample.Station, (sample.Celsius * 9 / 5) + 32), degree: 4, cancellationToken: ct);
        var result = await engine.UpsertAsync(reports, cancellationToken: ct);
        // end

        Assert.Equal(Rows, result.Inserted);
        var r = Report.Table;
        Assert.Equal(0, await engine.ScalarAsync<long>(Select(Count()).From(s).Join(r, r.Id == s.Id).Where(r.Fahrenheit != (s.Celsius * 9 / 5) + 32), ct));
    }
}
