using Sluice.Rows;
using Sluice.Specification.Databases;
using Sluice.Specification.Rows;

namespace Sluice.Specification.Inserts;

/// <summary>A table of readings for each test, and what the suites of inserting ask of it.</summary>
public abstract class InsertSpec(TestDatabase database) : DatabaseSpec(database)
{
    protected static readonly BulkOptions SmallChunks = new() { ChunkSize = ChunkSize.Fixed(10) };
    protected static readonly BulkOptions SmallCommits = SmallChunks with { Commit = CommitPolicy.PerChunk };

    /// <summary>Creates a table of readings with a name of its own.</summary>
    protected async Task<Table> CreateTableAsync(string constraints = "")
    {
        var name = Database.NewName("readings");
        await Database.ExecuteAsync(
            $"CREATE TABLE {name} (id bigint PRIMARY KEY, code text NOT NULL, amount double precision, note text DEFAULT 'none'{constraints})");
        return await Engine.ReadTableAsync(name);
    }

    protected Task<BulkResult> InsertAsync(Table table, RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Engine.InsertAsync(rows, table, options: options, cancellationToken: cancellationToken);

    protected Task<BulkResult> InsertAsync(Table table, IEnumerable<Measurement> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(table, RowSource.From(rows), options, cancellationToken);

    protected Task<IReadOnlyList<object?[]>> RowsOfAsync(Table table) =>
        Database.QueryAsync($"SELECT id, code, amount, note FROM {table.Name} ORDER BY id");

    protected async Task AssertHoldsAsync(Table table, IEnumerable<Measurement> expected) =>
        Assert.Equal(expected.Select(row => row.Values), await RowsOfAsync(table));

    /// <summary>The engine that a failed load ran on still loads, and as before.</summary>
    protected async Task AssertStillWorksAsync(Table table, int from = 10_001)
    {
        var before = await Database.CountAsync(table.Name);
        var result = await InsertAsync(table, Measurement.Rows(25, from), SmallChunks);
        Assert.Equal(25, result.Inserted);
        Assert.Equal(before + 25, await Database.CountAsync(table.Name));
    }
}
