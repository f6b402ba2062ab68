namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/changes.md shows of rows that are JSON.</summary>
public sealed class JsonSnippets(SnippetSqlite sqlite) : IClassFixture<SnippetSqlite>
{
    [Fact]
    public async Task Rows_of_a_file_of_JSON_lines_are_upserted()
    {
        var engine = sqlite.Engine;
        var ct = CancellationToken.None;
        var path = sqlite.FilePath + ".jsonl";
        await File.WriteAllTextAsync(path, "{\"id\":1,\"price\":2.5}\n{\"id\":2,\"price\":3}\n", ct);
        await engine.CreateTableAsync(Table.For<Sale>(), ct);

        // docs: rows-json
        await using var file = File.OpenRead(path);
        BulkResult loaded = await engine.UpsertAsync(RowSource.FromJson<Sale>(file), cancellationToken: ct);
        // end

        Assert.Equal(2, loaded.Inserted);
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("sales")]
    sealed record Sale([property: System.ComponentModel.DataAnnotations.Key] int Id, decimal Price);
}
