namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/analyzers.md shows.</summary>
public sealed class AnalyzerSnippets(SnippetSqlite sqlite) : IClassFixture<SnippetSqlite>
{
    [Fact]
    public async Task What_the_analyzers_ask_for_works()
    {
        var engine = sqlite.Engine;
        var ct = CancellationToken.None;
        var t = Page.Table;
        await engine.CreateTableAsync(t, ct);
        Page[] pages = [new Page(0, "first")];
        string[] titles = ["third"];

        // docs: analyzers-returning
        await foreach (var (page, id, action) in engine.InsertReturningAsync(pages, t.Id, cancellationToken: ct))
            Console.WriteLine($"{page.Title} is {id}");
        // end

        {
            // docs: analyzers-transaction
            await using var transaction = await engine.BeginAsync(cancellationToken: ct);
            await transaction.InsertAsync(pages, cancellationToken: ct);
            await transaction.CommitAsync(ct);
            // end
        }

        // docs: analyzers-rows
        await engine.InsertAsync(titles.Select(title => new { title }), table: t, cancellationToken: ct);
        // end

        Assert.Equal(3, await sqlite.CountAsync("pages"));
    }
}

[System.ComponentModel.DataAnnotations.Schema.Table("pages")]
partial record Page(
    [property: System.ComponentModel.DataAnnotations.Key, System.ComponentModel.DataAnnotations.Schema.DatabaseGenerated(System.ComponentModel.DataAnnotations.Schema.DatabaseGeneratedOption.Identity)] long Id,
    string Title);
