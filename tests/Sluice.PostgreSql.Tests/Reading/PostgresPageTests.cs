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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Keys_of_a_type_that_ignores_case_are_in_the_order_of_the_type(int pageSize)
    {
        database.Require();
        await database.ExecuteAsync(
            "CREATE EXTENSION IF NOT EXISTS citext; DROP TABLE IF EXISTS names; CREATE TABLE names (n citext NOT NULL, k int NOT NULL); INSERT INTO names VALUES ('a', 1), ('B', 2), ('c', 3), ('D', 4)");
        var names = await database.Engine.ReadTableAsync("names", Stop);
        var query = Select(names.Column<int>("k")).From(names);

        Assert.Equal([1, 2, 3, 4], await database.Engine.StreamByKeyAsync<int>(query, names.Column<string>("n"), pageSize, Stop).ToListAsync(Stop));
        await database.ExecuteAsync("INSERT INTO names VALUES ('A', 5)");
        var failure = await Assert.ThrowsAsync<BulkException>(async () => await database.Engine.StreamByKeyAsync<int>(query, names.Column<string>("n"), 1, Stop).ToListAsync(Stop));
        Assert.Equal("SLU0705", failure.Code);
    }
}
