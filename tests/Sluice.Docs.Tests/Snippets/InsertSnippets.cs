using Sluice.PostgreSql;
using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What the documents show of inserting, run.</summary>
public sealed class InsertSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task Rows_of_a_type_are_inserted_into_SQLite()
    {
        var path = sqlite.FilePath;
        var metrics = Metrics(1_000);
        using var printed = new StringWriter();

        // docs: insert
        await using var engine = SqliteEngine.Create(path);
        await engine.CreateTableAsync(Metric.Table);

        var result = await engine.InsertAsync(metrics);
        // end
        await printed.WriteAsync($"{result.Inserted}");

        Assert.Equal("1000", printed.ToString());
        Assert.Equal(1_000, await sqlite.CountAsync("metrics"));
    }

    [Fact]
    public async Task Rows_of_a_type_are_inserted_into_PostgreSQL_with_options()
    {
        postgres.Require();
        var connectionString = postgres.ConnectionString;
        var metrics = Endless(12_000);
        var ct = s_none;
        var seen = new List<long>();
        var progress = new Progress(seen);

        // docs: insert-options
        await using var engine = PostgresEngine.Create(connectionString);
        await engine.CreateTableAsync(Metric.Table, ct);

        var options = new BulkOptions
        {
            ChunkSize = ChunkSize.Fixed(2_500),
            Commit = CommitPolicy.PerChunk,       // what was committed stays if a later chunk fails
            Order = RowOrder.ByKey,
            Progress = progress,
        };
        var result = await engine.InsertAsync(metrics, options: options, cancellationToken: ct);    // an IAsyncEnumerable<Metric>
        // end

        Assert.Equal((12_000, 5, 5), (result.Inserted, result.Chunks, result.Commits));
        Assert.Equal(12_000, await postgres.CountAsync("metrics"));
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task A_failed_row_is_told()
    {
        var engine = sqlite.Engine;
        await sqlite.ExecuteAsync("CREATE TABLE orders (id INTEGER PRIMARY KEY, code TEXT NOT NULL)");
        var rows = RowSource.From(["id", "code"], [[1, "a"], [2, null]]);
        var table = await engine.ReadTableAsync("orders");
        var log = new List<string>();

        // docs: insert-fails
        try
        {
            await engine.InsertAsync(rows, table);
        }
        catch (BulkRowException failure)
        {
            log.Add($"row {failure.RowNumber}, column {failure.ColumnName}: {failure.Message}");
        }
        // end

        Assert.StartsWith("row 2, column code: ", Assert.Single(log), StringComparison.Ordinal);
        Assert.Equal(0, await sqlite.CountAsync("orders"));
    }

    [Fact]
    public async Task A_plan_prints_itself()
    {
        var engine = sqlite.Engine;
        await engine.CreateTableAsync(Metric.Table);
        var metrics = Metrics(10);
        using var printed = new StringWriter();

        // docs: plan
        var plan = await engine.PlanInsertAsync(RowSource.From(metrics));
        await printed.WriteLineAsync(plan.ToString());
        // end

        Assert.Contains("metrics", printed.ToString(), StringComparison.Ordinal);
    }

    static IEnumerable<Metric> Metrics(int count) =>
        Enumerable.Range(1, count).Select(i => new Metric(i, DateTimeOffset.UnixEpoch.AddSeconds(i), i / 4.0, i % 2 == 0 ? null : "odd"));

    static async IAsyncEnumerable<Metric> Endless(int count)
    {
        foreach (var row in Metrics(count))
        {
            if (row.Id % 1_000 == 0)
                await Task.Yield();
            yield return row;
        }
    }

    sealed class Progress(List<long> seen) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => seen.Add(value.Committed);
    }
}
