using Sluice.Specification.Reading;
using Sluice.Specification.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>What only reads is streamed in a transaction that only reads, and what writes is not.</summary>
public sealed class PostgresReadOnlyTests(Postgres18 database) : ReadingSpec(database), IClassFixture<Postgres18>
{
    static SqlFunction<string> ReadOnly => Function<string>("current_setting", Literal("transaction_read_only"));

    static SqlQuery Of(string way)
    {
        var one = Select(Tick.Table.Id).From(Tick.Table).Where(Tick.Table.Id == 1L).AsCte("one");
        return way switch
        {
            "SELECT" => Select(ReadOnly),
            "SELECT as text" => Text($"SELECT current_setting('transaction_read_only')"),
            "WITH" => Select(ReadOnly).From(one),
            _ => Text($"WITH one AS (SELECT id FROM ticks WHERE id = 1) SELECT current_setting('transaction_read_only') FROM one"),
        };
    }

    [Theory]
    [InlineData("SELECT")]
    [InlineData("SELECT as text")]
    [InlineData("WITH")]
    [InlineData("WITH as text")]
    public async Task A_query_behind_with_is_streamed_as_any_other(string way) =>
        Assert.Equal(["on"], await Engine.StreamAsync<string>(Of(way), cancellationToken: Stop).ToListAsync(Stop));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_that_with_removes_are_streamed_and_gone(bool isText)
    {
        var gone = DeleteFrom(Tick.Table).Where(Tick.Table.Id <= 3L).Returning(Tick.Table.Id).AsCte("gone");
        SqlQuery statement = isText
            ? Text($"WITH gone AS (DELETE FROM ticks WHERE id <= {3L} RETURNING id) SELECT id FROM gone ORDER BY id")
            : Select(gone[Tick.Table.Id]).From(gone).OrderBy(gone[Tick.Table.Id]);

        Assert.Equal([1L, 2, 3], await Engine.StreamAsync<long>(statement, cancellationToken: Stop).ToListAsync(Stop));

        Assert.Equal(4L, (await Database.QueryAsync("SELECT min(id) FROM ticks"))[0][0]);
    }
}
