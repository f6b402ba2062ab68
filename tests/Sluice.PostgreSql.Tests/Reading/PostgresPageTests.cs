using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Pages by keys that PostgreSQL takes for one.</summary>
public sealed class PostgresPageTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Word.WordTable W => Word.Table;

    [Fact]
    public async Task Keys_that_only_the_database_takes_for_one_are_an_error_and_not_lost()
    {
        database.Require();
        await database.ExecuteAsync(
            """
            CREATE COLLATION IF NOT EXISTS any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE words (w text COLLATE any_case NOT NULL, k int NOT NULL); INSERT INTO words VALUES ('a', 1), ('A', 2), ('b', 3);
            """);
        var query = Select(W.K).From(W);

        var failure = await Assert.ThrowsAsync<BulkException>(async () => await database.Engine.StreamByKeyAsync<int>(query, W.W, 1, Stop).ToListAsync(Stop));
        Assert.Equal("SLU0705", failure.Code);
        Assert.Equal([1, 2, 3], (await database.Engine.StreamByKeyAsync<int>(query, W.W, 2, Stop).ToListAsync(Stop)).Order());
        Assert.Equal([1, 2, 3], (await database.Engine.StreamByKeyAsync<int>(query, [W.W, W.K], 1, Stop).ToListAsync(Stop)).Order());
    }
}
