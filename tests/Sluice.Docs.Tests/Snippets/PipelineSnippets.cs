using Sluice.Files;
using Sluice.Reading;
using Sluice.Specification;
using static Sluice.Sql;
using Table = Sluice.Table;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/pipelines.md shows, run between both databases.</summary>
public sealed class PipelineSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sluice-docs").FullName;

    [Fact]
    public async Task Rows_go_from_a_table_to_a_table_and_to_files_and_back()
    {
        postgres.Require();
        await postgres.Engine.CreateTableAsync(Metric.Table);
        await postgres.Engine.InsertAsync([new Metric(1, DateTimeOffset.UnixEpoch, 0.1, null), new Metric(2, DateTimeOffset.UnixEpoch, 2, ""), new Metric(3, DateTimeOffset.UnixEpoch, 3, "é")]);
        await CopyTableAsync(postgres.Engine, sqlite.Engine);
        await CopyQueryAsync(postgres.Engine, sqlite.Engine);
        await WriteFilesAsync(postgres.Engine, _folder);
        await ReadFileAsync(sqlite.Engine, _folder);
    }

    static async Task CopyTableAsync(Engine pg, Engine lite)
    {
        var ct = CancellationToken.None;

        // docs: pipeline-table
        Table table = await pg.ReadTableAsync("metrics", ct);
        await using DatabaseRows rows = await pg.OpenRowsAsync(table, cancellationToken: ct);
        BulkResult result = await lite.InsertAsync(rows, options: new BulkOptions { Target = new() { CreateTable = true } }, cancellationToken: ct);
        // end

        Assert.Equal(3, result.Inserted);
        Assert.Equal(["1", "2", "3"], await lite.QueryAsync<string>(Raw("SELECT CAST(id AS TEXT) FROM metrics ORDER BY id"), ct));
    }

    static async Task CopyQueryAsync(Engine pg, Engine lite)
    {
        var ct = CancellationToken.None;
        var limit = 1.5;

        // docs: pipeline-query
        await using DatabaseRows large = await pg.OpenRowsAsync(Text($"SELECT id, value FROM metrics WHERE value > {limit}"), cancellationToken: ct);
        Table target = large.Describe("large_metrics", key: ["id"]);
        await lite.CreateTableAsync(target, ct);
        await lite.UpsertAsync(large, on: on => on.Columns(target.Columns[0]), table: target, cancellationToken: ct);
        // end

        Assert.Equal(2, Assert.Single(await lite.QueryAsync<long>(Raw("SELECT count(*) FROM large_metrics"), ct)));
    }

    static async Task WriteFilesAsync(Engine engine, string folder)
    {
        var ct = CancellationToken.None;

        // docs: pipeline-write
        var m = Metric.Table;
        RowStream<Metric> recent = engine.StreamAsync<Metric>(Select(m).From(m).Where(m.Value > 1).OrderBy(m.Id), cancellationToken: ct);
        FileWriteResult written = await FileWriter.WriteAsync(recent, Path.Combine(folder, "recent.jsonl.gz"), cancellationToken: ct);

        DatabaseRows all = await engine.OpenRowsAsync(m, cancellationToken: ct);
        await FileWriter.WriteAsync(all, Path.Combine(folder, "metrics.csv"), new FileWriteOptions { Overwrite = true }, cancellationToken: ct);
        // end

        Assert.Equal(2, written.Rows);
        Assert.Equal(
            "id,taken_at,value,note\n1,1970-01-01T00:00:00Z,0.1,\n2,1970-01-01T00:00:00Z,2,\"\"\n3,1970-01-01T00:00:00Z,3,é\n",
            await File.ReadAllTextAsync(Path.Combine(folder, "metrics.csv"), ct));
    }

    static async Task ReadFileAsync(Engine engine, string folder)
    {
        var ct = CancellationToken.None;

        // docs: pipeline-read
        await using FileRows file = await FileRows.OpenAsync(Path.Combine(folder, "recent.jsonl.gz"), cancellationToken: ct);
        BulkResult loaded = await engine.InsertAsync(file, file.Describe("recent", schema: null, key: ["id"]), options: new BulkOptions { Target = new() { CreateTable = true } }, cancellationToken: ct);
        // end

        Assert.Equal(2, loaded.Inserted);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
