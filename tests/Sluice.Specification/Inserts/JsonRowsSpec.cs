using System.Text;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Inserts;

/// <summary>Rows of JSON.</summary>
public abstract class JsonRowsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Parcel(int Id, string? Name, decimal Weight);

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS parcel");
        await Engine.CreateTableAsync(Table.For<Parcel>(), Stop);
    }

    static Stream Json(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    async Task<string> StoredAsync() => string.Join(' ', (await Database.QueryAsync("SELECT id FROM parcel ORDER BY id")).Select(r => r[0]));

    [Fact]
    public async Task Rows_of_lines_and_of_an_array_are_stored()
    {
        var lines = string.Concat(Enumerable.Range(1, 2_500).Select(i => $"{{\"id\":{i},\"name\":\"n\",\"weight\":{i}.5}}\n"));
        Assert.Equal(2_500, (await Engine.InsertAsync(RowSource.FromJson<Parcel>(Json(lines)), cancellationToken: Stop)).Inserted);
        var updated = await Engine.UpsertAsync(RowSource.FromJson<Parcel>(Json("""[{"id":1,"name":null,"weight":1},{"id":3000,"weight":2}]""")), cancellationToken: Stop);
        Assert.Equal((1, 1), (updated.Inserted, updated.Updated));
        Assert.Equal("2501|2499", (await Database.RunClientAsync("SELECT count(*), count(name) FROM parcel")).Trim());
    }

    [Fact]
    public async Task A_broken_row_fails_the_load_by_its_number()
    {
        const string Text = "{\"id\":1,\"weight\":1}\n{\"id\":2,\"weight\":1}\n{\"id\":3,\"weight\":\"much\"}\n{\"id\":4,\"weight\":1}\n";
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.FromJson<Parcel>(Json(Text)), cancellationToken: Stop));
        Assert.Equal(("SLU0230", 3L, 0L), (failure.Code, failure.RowNumber, failure.RowsKept));
        Assert.IsType<System.Text.Json.JsonException>(failure.InnerException);
        Assert.Equal("", await StoredAsync());

        failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.FromJson<Parcel>(Json(Text)),
            options: new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(1) }, cancellationToken: Stop));
        Assert.Equal(("SLU0230", 3L, 2L), (failure.Code, failure.RowNumber, failure.RowsKept));
        Assert.Contains("what it had not committed was rolled back", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1 2", await StoredAsync());
    }

    [Fact]
    public async Task A_null_among_the_rows_is_refused_by_its_number()
    {
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.FromJson<Parcel>(Json("""[{"id":1,"weight":1},null]""")), cancellationToken: Stop));
        Assert.Equal(("SLU0229", 2L), (failure.Code, failure.RowNumber));
        Assert.Equal("", await StoredAsync());
    }
}
