using Sluice.PostgreSql.Rendering;
using Sluice.Specification.Statements;
using Sluice.Sqlite.Rendering;
using static Sluice.Sql;

namespace Sluice.Statements.Tests;

/// <summary>Whether a statement only reads: told by its tree, or by its words where it is text.</summary>
public sealed class OnlyReadsTests
{
    static readonly Stock.StockTable s_s = Stock.Table;

    static bool OnlyReads(SqlStatement statement)
    {
        var reads = new PostgresDialect(18).Render(statement).OnlyReads;
        Assert.Equal(reads, new PostgresDialect(15).Render(statement).OnlyReads);
        return reads;
    }

    static SqlText Words(string sql) => Raw(sql);

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("  select 1")]
    [InlineData("(SELECT 1) UNION (SELECT 2)")]
    [InlineData("VALUES (1)")]
    [InlineData("TABLE stock")]
    [InlineData("-- a note\n/* another */ SELECT 1")]
    [InlineData("WITH one AS (SELECT 1) SELECT * FROM one")]
    [InlineData("with recursive n(i) as (values (1) union all select i + 1 from n where i < 9) select i from n")]
    [InlineData("(WITH one AS (SELECT 1) SELECT * FROM one)")]
    [InlineData("WITH one AS MATERIALIZED (SELECT 1), two AS (TABLE one) VALUES (2)")]
    [InlineData("WITH one AS (SELECT 1) SELECT * FROM stock FOR NO KEY UPDATE")]
    [InlineData("WITH one AS (SELECT (replace('a', 'b', 'c'))) SELECT replace('insert', 'delete', ' update ') FROM one")]
    [InlineData("WITH one AS (SELECT '(DELETE FROM stock)', \"(update\" FROM stock) SELECT * FROM one -- ) INSERT INTO stock")]
    [InlineData("WITH one AS (SELECT $x$ ) DELETE $x$, E'\\' ) DELETE', /* ( INSERT */ 1) SELECT * FROM one")]
    public void A_query_does_also_behind_with(string sql) => Assert.True(OnlyReads(Words(sql)));

    [Theory]
    [InlineData("INSERT INTO stock VALUES (1)")]
    [InlineData("UPDATE stock SET amount = 1")]
    [InlineData("CALL anything()")]
    [InlineData("EXPLAIN SELECT 1")]
    [InlineData("")]
    [InlineData("WITH one AS (SELECT 1) INSERT INTO stock SELECT * FROM one")]
    [InlineData("WITH one AS (SELECT 1) UPDATE stock SET amount = 1")]
    [InlineData("WITH one AS (SELECT 1) DELETE FROM stock")]
    [InlineData("WITH one AS (SELECT 1) REPLACE INTO stock SELECT * FROM one")]
    [InlineData("WITH one AS (SELECT 1) MERGE INTO stock USING one ON true WHEN NOT MATCHED THEN DO NOTHING")]
    [InlineData("WITH gone AS (DELETE FROM stock RETURNING *) SELECT * FROM gone")]
    [InlineData("WITH gone AS (/* all */ delete FROM stock RETURNING *) SELECT * FROM gone")]
    [InlineData("WITH a AS (SELECT 1), b AS (WITH c AS (SELECT 1) UPDATE stock SET amount = 1 RETURNING *) SELECT * FROM b")]
    [InlineData("WITH values AS (SELECT 1) INSERT INTO stock SELECT * FROM values")]
    [InlineData("WITH a AS (SELECT E'it\\'s'), b AS (INSERT INTO stock VALUES (1) RETURNING *) SELECT * FROM b")]
    public void A_statement_that_writes_does_not_also_behind_with(string sql) => Assert.False(OnlyReads(Words(sql)));

    [Fact]
    public void A_tree_does_where_no_part_of_it_writes()
    {
        var few = Select(s_s.Place).From(s_s).Where(s_s.Amount < 3).AsCte("few");
        Assert.True(OnlyReads(Select(few[s_s.Place]).From(few)));
        Assert.True(new SqliteDialect(new Version(3, 50)).Render(Select(few[s_s.Place]).From(few)).OnlyReads);
        Assert.True(OnlyReads(Select(s_s).From(s_s)));

        var gone = DeleteFrom(s_s).Where(s_s.Amount < 3).Returning(s_s.Place).AsCte("gone");
        Assert.False(OnlyReads(Select(gone[s_s.Place]).From(gone)));
        Assert.False(OnlyReads(DeleteFrom(s_s).Where(s_s.Amount < 3)));

        var text = Text($"DELETE FROM stock RETURNING place").Returns(s_s.Place).AsCte("gone");
        Assert.False(OnlyReads(Select(text[s_s.Place]).From(text)));
        var read = Text($"WITH one AS (SELECT place FROM stock) SELECT place FROM one").Returns(s_s.Place).AsCte("read");
        Assert.True(OnlyReads(Select(read[s_s.Place]).From(read)));
    }
}
