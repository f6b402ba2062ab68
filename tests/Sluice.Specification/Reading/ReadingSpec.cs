using Sluice.Specification.Databases;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Reading;

/// <summary>A table of rows to read, and a look at what readers leave behind.</summary>
public abstract class ReadingSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    protected const int Count = 2_500;

    static readonly DateTimeOffset s_start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static IReadOnlyList<Tick> Ticks { get; } = [.. Enumerable.Range(1, Count).Select(NewTick)];

    protected static SqlSelect AllTicks { get; } = Select(Tick.Table).From(Tick.Table).OrderBy(Tick.Table.Id);

    /// <summary>Numbers from 1 without an end that a test would see.</summary>
    protected static SqlText Endless { get; } =
        Text($"SELECT CAST(n AS bigint) FROM (WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT n FROM c) s");

    /// <summary>A query that works without an end and gives no row.</summary>
    protected static SqlText Silent { get; } =
        Text($"SELECT n FROM (WITH RECURSIVE c(n) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0) s");

    protected static Tick NewTick(int id) => new(id, id % 7, id / 8.0, s_start.AddMilliseconds(id * 250L), id % 3 == 0 ? null : new Guid(id, 4, 5, [1, 2, 3, 4, 5, 6, 7, 8]));

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS ticks");
        await Engine.CreateTableAsync(Tick.Table, Stop);
        await Engine.InsertAsync(Ticks, cancellationToken: Stop);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing runs, no transaction is open, and the engine goes on.</summary>
    protected async Task AssertNothingIsLeftAsync()
    {
        // The server notes the end of a transaction a moment after it has answered.
        for (var i = 0; i < 40 && (await Database.OpenWorkAsync()).Count > 0; i++)
            await Task.Delay(25, Stop);
        Assert.Empty(await Database.OpenWorkAsync());
        Assert.Equal(Count, await Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM ticks"), Stop));
    }

    protected static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
            list.Add(row);
        return list;
    }
}
