using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

/// <summary>A table that changes while an engine knows it. What an engine that has never seen it does is right.</summary>
public abstract class ChangedTableSpec(TestDatabase database)
{
    [Table("changing")]
    protected sealed record Item([property: Key] int Id, int Code, decimal? Price, string? Seen);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected const string Original = "CREATE TABLE changing (id int PRIMARY KEY, code int NOT NULL UNIQUE, price numeric, seen text);";

    static readonly BulkOptions s_chunks = new() { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(2) };

    static readonly (string Name, Func<Database, Item[], Task<BulkResult>> Run)[] s_verbs =
    [
        ("upsert", (to, rows) => to.UpsertAsync(rows, cancellationToken: Stop)),
        ("upsert, nothing done", (to, rows) => to.UpsertAsync(rows, on: on => on.DoNothing(), cancellationToken: Stop)),
        ("upsert, each chunk", (to, rows) => to.UpsertAsync(rows, options: s_chunks, cancellationToken: Stop)),
        ("update", (to, rows) => to.UpdateAsync(rows, cancellationToken: Stop)),
        ("delete", (to, rows) => to.DeleteAsync(rows, cancellationToken: Stop)),
        ("insert", (to, rows) => to.InsertAsync(rows, cancellationToken: Stop)),
        ("insert, each chunk", (to, rows) => to.InsertAsync(rows, options: s_chunks, cancellationToken: Stop)),
        ("insert by arrays", (to, rows) => to.InsertAsync(rows, options: new() { Target = new() { Path = RowPath.Arrays } }, cancellationToken: Stop)),
    ];

    protected async Task IsNoticedAsync(string change, string seen = "x")
    {
        database.Require();
        foreach (var (name, run) in s_verbs)
        {
            foreach (var count in new[] { 2, 250 })
            {
                var known = await OutcomeAsync(change, seen, run, count, knows: true);
                var fresh = await OutcomeAsync(change, seen, run, count, knows: false);
                Assert.Equal($"{name} of {count}: {fresh}", $"{name} of {count}: {known}");
            }
        }
    }

    async Task<string> OutcomeAsync(string change, string seen, Func<Database, Item[], Task<BulkResult>> run, int count, bool knows)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS changing;" + Original + "INSERT INTO changing VALUES (10, 20, 1.5, '2024-01-01'), (11, 21, 2.5, '2024-01-02')");
        await using var engine = database.CreateEngine();
        for (var i = 0; knows && i < 4; i++)
            await Record.ExceptionAsync(() => run(engine, Rows(1_000 + (i * 300), count, seen)));
        await database.ExecuteAsync(knows ? "DELETE FROM changing WHERE id >= 1000" : "DELETE FROM changing WHERE id >= 1000;");
        await database.ExecuteAsync(change);
        string outcome;
        try
        {
            var result = await run(engine, [new Item(10, 21, 1.239m, seen), .. Rows(12, count, seen)[1..]]);
            outcome = string.Create(CultureInfo.InvariantCulture, $"{result.Inserted} inserted, {result.Updated} updated, {result.Deleted} deleted, {result.Unchanged} unchanged, {result.Skipped} skipped");
        }
        catch (BulkException refused)
        {
            outcome = $"{refused.GetType().Name} {refused.Code}";
        }
        var rows = await database.QueryAsync("SELECT * FROM changing ORDER BY 1, 2");
        await database.ExecuteAsync(Undo);
        return outcome + "\n" + string.Join('\n', rows.Select(row => string.Join('|', row.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)))));
    }

    /// <summary>Removes what is left of a change besides the table.</summary>
    protected virtual string Undo => "DROP TABLE IF EXISTS other";

    static Item[] Rows(int first, int count, string seen) => [.. Enumerable.Range(first, count).Select(i => new Item(i, 5_000 + i, 2.125m, seen))];

    [Fact]
    public Task A_table_that_was_replaced() => IsNoticedAsync("DROP TABLE changing; CREATE TABLE changing (id int, code int NOT NULL PRIMARY KEY, price numeric, seen text); INSERT INTO changing VALUES (10, 20, 1, ''), (11, 21, 2, '')");

    [Fact]
    public Task A_table_that_another_took_the_name_of() => IsNoticedAsync(
        "CREATE TABLE other (code int NOT NULL PRIMARY KEY, price numeric, seen text, id int); INSERT INTO other VALUES (20, 1, '', 10), (21, 2, '', 11); DROP TABLE changing; ALTER TABLE other RENAME TO changing");

    [Fact]
    public Task A_column_that_is_gone() => IsNoticedAsync("ALTER TABLE changing DROP COLUMN seen");

    [Fact]
    public Task A_key_that_is_gone() => IsNoticedAsync("DROP TABLE changing; CREATE TABLE changing (id int, code int, price numeric, seen text); INSERT INTO changing VALUES (10, 20, 1, ''), (11, 21, 2, '')");
}
