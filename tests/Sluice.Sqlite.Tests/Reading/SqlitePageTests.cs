using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>Pages by keys that SQLite takes for one.</summary>
public sealed class SqlitePageTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Word.WordTable W => Word.Table;

    [Theory]
    [InlineData("TEXT COLLATE NOCASE", "('a', 1), ('A', 2), ('b', 3)")]
    [InlineData("TEXT COLLATE RTRIM", "('a', 1), ('a ', 2), ('b', 3)")]
    [InlineData("", "(1, 1), (1.0, 2), (2, 3)")]
    public async Task Keys_that_only_the_database_takes_for_one_are_an_error_and_not_lost(string type, string values)
    {
        await database.ExecuteAsync($"DROP TABLE IF EXISTS words; CREATE TABLE words (w {type} NOT NULL, k INTEGER NOT NULL); INSERT INTO words VALUES {values}");
        var query = Select(W.K).From(W);

        var failure = await Assert.ThrowsAsync<BulkException>(async () => await database.Engine.StreamByKeyAsync<int>(query, W.W, 1, Stop).ToListAsync(Stop));
        Assert.Equal("SLU0705", failure.Code);
        Assert.Equal([1, 2, 3], (await database.Engine.StreamByKeyAsync<int>(query, W.W, 2, Stop).ToListAsync(Stop)).Order());
        Assert.Equal([1, 2, 3], (await database.Engine.StreamByKeyAsync<int>(query, [W.W, W.K], 1, Stop).ToListAsync(Stop)).Order());
    }
}
