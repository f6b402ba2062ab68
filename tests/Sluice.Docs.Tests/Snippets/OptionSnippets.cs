namespace Sluice.Docs.Tests.Snippets;

/// <summary>What the documents show of a load's options, run.</summary>
public sealed class OptionSnippets(SnippetSqlite sqlite) : IClassFixture<SnippetSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Options_say_how_a_load_goes_about_its_work()
    {
        var engine = sqlite.Engine;
        var ct = Stop;
        await engine.CreateTableAsync(Metric.Table, ct);
        var metrics = Metrics(10).Concat([new Metric(3, DateTimeOffset.UnixEpoch, 7, "again")]).ToList();

        // docs: options
        var options = new BulkOptions
        {
            ChunkSize = ChunkSize.Fixed(2_500),
            Commit = CommitPolicy.PerChunk,            // or Atomic, the default
            Order = RowOrder.AsGiven,
            Duplicates = Duplicates.KeepLast,          // of rows with one key the last one counts
        };
        var result = await engine.UpsertAsync(metrics, options: options, cancellationToken: ct);
        // end
        Assert.Equal((10, 1), (result.Inserted, result.Skipped));
        Assert.Equal("again", await engine.ScalarAsync<string>(Sql.Select(Metric.Table.Note).From(Metric.Table).Where(Metric.Table.Id == 3), ct));

        // docs: options-with
        result = await engine.UpsertAsync(metrics, options: options with { Duplicates = Duplicates.KeepFirst }, cancellationToken: ct);
        // end
        Assert.Equal((10, 1), (result.Updated, result.Skipped));
        Assert.Equal("odd", await engine.ScalarAsync<string>(Sql.Select(Metric.Table.Note).From(Metric.Table).Where(Metric.Table.Id == 3), ct));
    }

    static IEnumerable<Metric> Metrics(int count) =>
        Enumerable.Range(1, count).Select(i => new Metric(i, DateTimeOffset.UnixEpoch.AddSeconds(i), i / 4.0, i % 2 == 0 ? null : "odd"));
}
