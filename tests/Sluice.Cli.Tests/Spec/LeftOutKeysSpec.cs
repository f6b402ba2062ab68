using System.Text;
using Sluice.Files;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Spec;

/// <summary>A line of JSON without a key says nothing of its column, which is another thing than null.</summary>
public abstract class LeftOutKeysSpec(TestDatabase database) : Specification.DatabaseSpec(database)
{
    const string Lines = """
        {"id":1,"name":"one","n":1}
        {"id":2,"n":null}
        {"id":3,"name":null}
        {"id":4,"n":4,"name":"four"}
        {"id":5,"n":5}
        """;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What makes a table of rows that have no numbers, where there are such.</summary>
    protected virtual IReadOnlyList<string> Storages => [""];

    async Task<Table> TableAsync(string storage)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS left_out");
        await Database.ExecuteAsync($"CREATE TABLE left_out (id integer PRIMARY KEY, name varchar(20) DEFAULT 'none', n integer DEFAULT 7 CHECK (n < 1000)) {storage}");
        return await Engine.ReadTableAsync("left_out", Stop);
    }

    static Task<FileRows> OpenAsync(string lines, int sample = 20_480) =>
        FileRows.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "rows.jsonl", length: null, new FileReadOptions { SampleRows = sample }, Stop);

    async Task<string> RowsAsync() => (await Database.RunClientAsync("SELECT id, name, n FROM left_out ORDER BY id;")).Trim().ReplaceLineEndings("\n");

    static IEnumerable<BulkOptions> Ways => [new(), new() { ChunkSize = ChunkSize.Fixed(2) }, new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(3) }];

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task An_insert_gives_the_column_its_default(int sample)
    {
        foreach (var options in Ways)
        {
            var table = await TableAsync("");
            var result = await Engine.InsertAsync(await OpenAsync(Lines, sample), table, options: options, cancellationToken: Stop);
            Assert.Equal((5, 5), (result.Read, result.Inserted));
            Assert.Equal("1|one|1\n2|none|\n3||7\n4|four|4\n5|none|5", await RowsAsync());
        }
    }

    [Fact]
    public async Task An_upsert_and_an_update_leave_the_column_as_it_is()
    {
        foreach (var storage in Storages)
        {
            foreach (var options in Ways)
            {
                foreach (var isUpdate in new[] { false, true })
                {
                    var table = await TableAsync(storage);
                    await Database.ExecuteAsync("INSERT INTO left_out VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30), (5, 'e', 50)");
                    var result = isUpdate
                        ? await Engine.UpdateAsync(await OpenAsync(Lines), table: table, options: options, cancellationToken: Stop)
                        : await Engine.UpsertAsync(await OpenAsync(Lines), table: table, options: options, cancellationToken: Stop);
                    Assert.Equal(isUpdate ? (5, 0, 4, 1) : (5, 1, 4, 0), (result.Read, result.Inserted, result.Updated, result.Skipped));
                    Assert.Equal("1|one|1\n2|b|\n3||30\n" + (isUpdate ? "" : "4|four|4\n") + "5|e|5", await RowsAsync());
                }
            }
        }
    }

    [Fact]
    public async Task Many_lines_of_many_forms_end_up_as_they_should()
    {
        string[] names = ["\"name\":\"new\"", "\"n\":1", "\"name\":\"new\",\"n\":1", "\"n\":null,\"name\":\"new\""];
        var random = new Random(5);
        int[] ids = [.. Enumerable.Range(1, 9_000)];
        random.Shuffle(ids);
        var lines = string.Join('\n', ids.Select(i => $"{{\"id\":{i},{names[i % 4]}}}"));
        foreach (var storage in Storages)
        {
            var table = await TableAsync(storage);
            await Database.ExecuteAsync("INSERT INTO left_out WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 4500) SELECT i, 'old', 99 FROM s");
            var result = await Engine.UpsertAsync(await OpenAsync(lines), table: table, cancellationToken: Stop);
            Assert.Equal((9_000, 4_500, 4_500), (result.Read, result.Inserted, result.Updated));
            Assert.Equal(0, await Database.ScalarAsync<long>("""
                SELECT count(*) FROM left_out WHERE NOT (CASE id % 4
                  WHEN 0 THEN name = 'new' AND n = CASE WHEN id <= 4500 THEN 99 ELSE 7 END
                  WHEN 1 THEN name = CASE WHEN id <= 4500 THEN 'old' ELSE 'none' END AND n = 1
                  WHEN 2 THEN name = 'new' AND n = 1 ELSE name = 'new' AND n IS NULL END)
                """));
        }
    }

    [Fact]
    public async Task A_row_that_is_refused_is_named_by_its_line()
    {
        var table = await TableAsync("");
        var refused = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.UpsertAsync(await OpenAsync(Lines + "\n{\"id\":6,\"n\":5000}"), table: table, cancellationToken: Stop));
        Assert.Equal((6L, "rows.jsonl line 6"), (refused.RowNumber, refused.Location));
        Assert.Equal(0, await Database.CountAsync("left_out"));
        var twice = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.UpsertAsync(await OpenAsync(Lines + "\n{\"id\":2,\"name\":\"again\"}"), table: table, cancellationToken: Stop));
        Assert.Equal(("SLU0205", 6L), (twice.Code, twice.RowNumber));
        var bare = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.UpdateAsync(await OpenAsync(Lines + "\n{\"id\":6}"), table: table, cancellationToken: Stop));
        Assert.Equal(("SLU0227", 6L), (bare.Code, bare.RowNumber));
    }

    [Fact]
    public async Task A_sync_takes_lines_of_one_form_only()
    {
        var table = await TableAsync("");
        await Database.ExecuteAsync("INSERT INTO left_out VALUES (8, 'gone', 1)");
        var scope = table.Column<int>("id") > 0;
        var refused = await Assert.ThrowsAsync<BulkRowException>(async () => await Engine.SyncAsync(await OpenAsync(Lines), scope, table: table, cancellationToken: Stop));
        Assert.Equal("SLU0228", refused.Code);
        Assert.Equal("8|gone|1", await RowsAsync());
        var result = await Engine.SyncAsync(await OpenAsync("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":null}"), scope, table: table,
            cancellationToken: Stop);
        Assert.Equal((2, 1), (result.Inserted, result.Removed));
        Assert.Equal("1|a|7\n2||7", await RowsAsync());
    }

    [Fact]
    public async Task Of_rows_of_one_key_the_last_can_be_kept()
    {
        var table = await TableAsync("");
        await Database.ExecuteAsync("INSERT INTO left_out VALUES (1, 'a', 10)");
        var lines = "{\"id\":1,\"n\":1}\n{\"id\":2,\"n\":2}\n{\"id\":1,\"name\":\"last\"}";
        var result = await Engine.UpsertAsync(await OpenAsync(lines), table: table, options: new() { Duplicates = Duplicates.KeepLast },
            cancellationToken: Stop);
        Assert.Equal((3, 1, 1, 1), (result.Read, result.Inserted, result.Updated, result.Skipped));
        Assert.Equal("1|last|10\n2|none|2", await RowsAsync());
    }
}
