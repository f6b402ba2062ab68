using Sluice.PostgreSql.Rendering;
using Sluice.Specification.Statements;
using static Sluice.Sql;

namespace Sluice.Statements.Tests;

/// <summary>A text is made once for statements of one structure.</summary>
public sealed class CacheTests
{
    static readonly Stock.StockTable s_s = Stock.Table;

    static SqlStatement Upsert(int amount) => InsertInto(s_s).Values(1L, "a", amount, 2m).OnConflict(s_s.PartId, s_s.Place)
        .DoUpdate(set => set.Set(s_s.Amount, Excluded(s_s.Amount))).Where(Excluded(s_s.Amount) > s_s.Amount);

    [Fact]
    public void Values_are_not_in_the_key()
    {
        var dialect = new PostgresDialect(18);
        var first = dialect.Render(Upsert(1));
        var second = dialect.Render(Upsert(2));
        Assert.Equal((1, 1), (dialect.CacheHits, dialect.CacheMisses));
        Assert.Same(first.Text, second.Text);
        Assert.Equal([1L, "a", 1, 2m], first.Parameters.Select(p => p.Value));
        Assert.Equal([1L, "a", 2, 2m], second.Parameters.Select(p => p.Value));
    }

    [Fact]
    public void Structure_types_and_literals_are()
    {
        var dialect = new PostgresDialect(18);
        dialect.Render(Select(s_s.Amount + 1).From(s_s));
        dialect.Render(Select(s_s.Amount - 1).From(s_s));
        dialect.Render(Select(s_s.Amount + Literal(1)).From(s_s));
        dialect.Render(Select(s_s.Amount + Literal(2)).From(s_s));
        dialect.Render(Text($"SELECT {1}"));
        dialect.Render(Text($"SELECT {1L}"));
        dialect.Render(InsertInto(s_s).Values(1L, "a", 1, 1m).OnConflict(s_s.PartId).Where(s_s.Amount > 1).DoNothing());
        dialect.Render(InsertInto(s_s).Values(1L, "a", 1, 1m).OnConflict(s_s.PartId).Where(s_s.Amount > 2).DoNothing());
        Assert.Equal((0, 8), (dialect.CacheHits, dialect.CacheMisses));
    }

    [Fact]
    public void A_statement_that_was_rendered_costs_nothing_to_render_again()
    {
        var dialect = new PostgresDialect(18);
        var upsert = Upsert(1);
        var first = dialect.Render(upsert);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Assert.Same(first, dialect.Render(upsert));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_value_that_is_used_twice_is_one_parameter_and_another_structure()
    {
        var dialect = new PostgresDialect(18);
        var key = s_s.Amount + 5;
        var shared = dialect.Render(Select(key).From(s_s).GroupBy(key));
        Assert.Equal("SELECT stock.amount + $1 FROM stock GROUP BY stock.amount + $1", shared.Text);
        var apart = dialect.Render(Select(s_s.Amount + 5).From(s_s).GroupBy(s_s.Amount + 6));
        Assert.Equal("SELECT stock.amount + $1 FROM stock GROUP BY stock.amount + $2", apart.Text);
        Assert.Equal([5, 6], apart.Parameters.Select(p => p.Value));
    }

    [Fact]
    public void The_least_used_texts_go()
    {
        var dialect = new PostgresDialect(18, cachedStatements: 10);
        for (var i = 0; i < 100; i++)
        {
            dialect.Render(Select(Literal(i)));
            dialect.Render(Select(Literal("kept")));
        }
        Assert.Equal((99, 101), (dialect.CacheHits, dialect.CacheMisses));
        dialect.Render(Select(Literal(99)));
        dialect.Render(Select(Literal(0)));
        Assert.Equal((100, 102), (dialect.CacheHits, dialect.CacheMisses));
    }
}
