using System.Data;
using Sluice.Specification;
using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/reading.md shows, run on both databases.</summary>
public sealed class ReadingSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    const int Count = 2_500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_read_while_they_are_consumed(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await engine.CreateTableAsync(Sample.Table);
        await engine.CreateTableAsync(Score.Table);
        await engine.InsertAsync(Enumerable.Range(1, Count).Select(i => new Sample(i, i % 5, i / 4.0, DateTimeOffset.UnixEpoch.AddSeconds(i))));
        await StreamAsync(engine);
        await BatchAsync(engine);
        await WatchAsync(engine);
        await PageAsync(engine);
        await TableAsync(engine);
        await TransformAsync(engine);
    }

    static async Task StreamAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: reading-stream
        var s = Sample.Table;
        var sum = 0.0;
        await foreach (var sample in engine.StreamAsync<Sample>(Select(s).From(s).Where(s.Sensor == 3), cancellationToken: ct))
            sum += sample.Value;
        // end

        Assert.Equal(Enumerable.Range(1, Count).Where(i => i % 5 == 3).Sum(i => i / 4.0), sum);
    }

    static async Task BatchAsync(Engine engine)
    {
        var s = Sample.Table;
        var ct = CancellationToken.None;
        var sizes = new List<int>();

        // docs: reading-batches
        await foreach (IReadOnlyList<Sample> batch in engine.StreamAsync<Sample>(Select(s).From(s), new StreamOptions { YieldPer = 1_000 }, ct).Batches())
            sizes.Add(batch.Count);
        // end

        Assert.Equal([1_000, 1_000, 500], sizes);
    }

    static async Task WatchAsync(Engine engine)
    {
        var s = Sample.Table;
        var query = Select(s).From(s);
        var ct = CancellationToken.None;
        var read = 0;

        // docs: reading-options
        var options = new StreamOptions { Mode = StreamMode.Cursor, MaxConsumerPause = TimeSpan.FromMinutes(1) };
        await foreach (var sample in engine.StreamAsync<Sample>(query, options, ct))
            read++;
        // end

        Assert.Equal(Count, read);
    }

    static async Task PageAsync(Engine engine)
    {
        var s = Sample.Table;
        var ct = CancellationToken.None;
        var ids = new List<long>();

        // docs: reading-pages
        await foreach (var page in engine.StreamByKeyAsync<Sample>(Select(s).From(s), key: s.TakenAt, pageSize: 1_000, ct).Batches())
            ids.AddRange(page.Select(sample => sample.Id));
        // end

        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), ids);
    }

    static async Task TableAsync(Engine engine)
    {
        var s = Sample.Table;
        var ct = CancellationToken.None;

        // docs: reading-reader
        using var table = new DataTable();
        await using (var reader = await engine.ExecuteReaderAsync(Select(s.Id, s.TakenAt).From(s), cancellationToken: ct))
            table.Load(reader);
        // end

        Assert.Equal((Count, typeof(DateTimeOffset)), (table.Rows.Count, table.Columns["taken_at"]!.DataType));
    }

    static async Task TransformAsync(Engine engine)
    {
        var s = Sample.Table;
        var ct = CancellationToken.None;

        // docs: reading-transform
        var scores = engine.StreamAsync<Sample>(Select(s).From(s), cancellationToken: ct)
            .TransformAsync(sample => new Score(sample.Id, Math.Min(100, sample.Value / 5)), degree: 4, cancellationToken: ct);
        await engine.UpsertAsync(scores, cancellationToken: ct);
        // end

        Assert.Equal(100, await engine.ScalarAsync<double>(Select(Score.Table.Percent).From(Score.Table).Where(Score.Table.Id == 2_400L), ct));
    }
}
