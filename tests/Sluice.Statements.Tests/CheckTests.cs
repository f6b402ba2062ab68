using Sluice.PostgreSql.Rendering;
using Sluice.Specification.Statements;
using Sluice.Sqlite.Rendering;
using static Sluice.Sql;

namespace Sluice.Statements.Tests;

/// <summary>What C# cannot refuse is refused before anything is sent, with the remedy.</summary>
public sealed class CheckTests
{
    static readonly Part.PartTable s_p = Part.Table;
    static readonly Stock.StockTable s_s = Stock.Table;

    static string Refusal(SqlStatement statement) => Assert.Throws<BulkPlanException>(() => new PostgresDialect(18).Render(statement)).Message;

    [Fact]
    public void A_column_needs_its_table_in_FROM()
    {
        Assert.StartsWith("'stock.amount' is used, but 'stock' is not in FROM. Add .From(stock)", Refusal(Select(s_s.Amount).From(s_p)), StringComparison.Ordinal);
        Assert.Contains("(SLU0601)", Refusal(Update(s_p).Set(s_p.Name, s_s.Place).All()), StringComparison.Ordinal);
        Assert.Contains("(SLU0601)", Refusal(Select(s_p.Id).From(s_p).Where(s_p.As("q").Id == 1)), StringComparison.Ordinal);
        Assert.Contains("(SLU0601)", Refusal(Select(Count()).From(s_p, Select(s_s.Amount).From(s_s).Where(s_s.PartId == s_p.Id).As("x"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_writes_columns_of_its_own_table_and_each_once()
    {
        Assert.StartsWith("The statement writes table 'stock', but sets column 'name' of 'parts'.", Refusal(Update(s_named).Set(s_p.Name, "x").All()), StringComparison.Ordinal);
        Assert.Contains("(SLU0180)", Refusal(InsertInto(s_named).Values(1L, "a").OnConflict(s_named.Columns[0]).DoUpdate(set => set.Set(s_p.Name, "x"))), StringComparison.Ordinal);
        Assert.Contains("(SLU0180)", Refusal(MergeInto(s_named).Using(s_p, s_p.Id == 1).WhenMatchedUpdate(set => set.Set(s_p.Name, "x"))), StringComparison.Ordinal);
        Assert.Contains("(SLU0604)", Refusal(InsertInto(s_s).Values(1L, "a", 1, 1m).OnConflict(s_s.PartId).DoUpdate(set => set.Set(s_p.Name, "x"))), StringComparison.Ordinal);
        Assert.Contains("(SLU0181)", Refusal(InsertInto(s_s).Columns(s_s.PartId, s_s.PartId).Values(1L, 2L)), StringComparison.Ordinal);
        Assert.Equal("UPDATE parts AS p SET name = $1", new PostgresDialect(18).Render(Update(s_p.As("p")).Set(s_p.Name, "x").All()).Text);
    }

    static readonly Table s_named = new("stock", null, [new Column<long>("id", SqlType.BigInt), new Column<string>("name", SqlType.Text)], [0]);

    [Fact]
    public void What_would_be_dropped_is_refused()
    {
        Assert.Throws<ArgumentException>(() => InsertInto(s_s).Values(1L, "a", 1, 1m).OnConflict());
        Assert.Throws<InvalidOperationException>(() => Select(s_p.Id).From(s_p).DistinctOn(s_p.Id).DistinctOn(s_p.Name));
        Assert.Throws<InvalidOperationException>(() => Select(s_p.Id).From(s_p).DistinctOn(s_p.Id).Distinct());
        Assert.Throws<InvalidOperationException>(() => Select(s_p.Id).From(s_p).Distinct().DistinctOn(s_p.Id));
    }

    [Fact]
    public void Names_are_unique()
    {
        Assert.Contains("(SLU0602)", Refusal(Select(Count()).From(s_p).CrossJoin(s_p)), StringComparison.Ordinal);
        var one = Select(s_p.Id).From(s_p).AsCte("x");
        var other = Select(s_s.PartId).From(s_s).AsCte("x");
        Assert.Contains("(SLU0603)", Refusal(Select(Count()).From(one, Select(other["part_id"]).From(other).As("y"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_lacks_a_feature_is_named()
    {
        var merge = MergeInto(s_p).Using(s_s, s_p.Id == s_s.PartId).WhenMatchedDelete();
        Assert.StartsWith("PostgreSQL 14 has no MERGE. Use INSERT with ON CONFLICT.", Assert.Throws<BulkPlanException>(() => new PostgresDialect(14).Render(merge)).Message, StringComparison.Ordinal);
        Assert.StartsWith("SQLite 3.50.4 has no MERGE.", Assert.Throws<BulkPlanException>(() => new SqliteDialect(new Version(3, 50, 4)).Render(merge)).Message, StringComparison.Ordinal);
        Assert.Contains("OLD and NEW", Assert.Throws<BulkPlanException>(() => new PostgresDialect(17).Render(Update(s_p).Set(s_p.Name, "x").All().Returning(Old(s_p.Name)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constraint_is_resolved_to_its_columns_where_only_those_can_be_named()
    {
        var table = new Table("t", null, [new Column<long>("id", SqlType.BigInt)], [0]) { UniqueKeys = [new UniqueKey("t_key", ["id"])] };
        var insert = InsertInto(table).Values(1L).OnConflictOnConstraint("t_key").DoNothing();
        var dialect = new SqliteDialect(new Version(3, 50));
        Assert.Equal("INSERT INTO t (id) VALUES ($1) ON CONFLICT (id) DO NOTHING", dialect.Render(insert).Text);
        Assert.Contains("(SLU0606)", Assert.Throws<BulkPlanException>(() => dialect.Render(InsertInto(table).Values(1L).OnConflictOnConstraint("other").DoNothing())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\"; DROP TABLE parts; --")]
    [InlineData("back\\slash")]
    [InlineData("it's")]
    [InlineData("naïve größe 名前")]
    [InlineData("new\nline")]
    public void A_name_can_be_anything_and_stays_a_name(string name)
    {
        var table = new Table(name, null, [new Column<long>(name, SqlType.BigInt)], []);
        var quoted = "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var expected = $"SELECT {quoted}.{quoted} AS {quoted} FROM {quoted}";
        var statement = Select(table.Column<long>(name).As(name)).From(table);
        Assert.Equal(expected, new PostgresDialect(18).Render(statement).Text);
        Assert.Equal(expected, new SqliteDialect(new Version(3, 50)).Render(statement).Text);
    }

    [Fact]
    public void Names_that_no_database_keeps_are_refused()
    {
        var nul = new Table("a\0b", null, [new Column<long>("id", SqlType.BigInt)], []);
        Assert.Contains("zero character", Refusal(Select(nul.Column<long>("id")).From(nul)), StringComparison.Ordinal);
        var longName = new string('x', 200);
        Assert.Throws<BulkPlanException>(() => new PostgresDialect(18).Render(Select(s_p.Id.As(longName)).From(s_p)));
        Assert.Contains(longName, new SqliteDialect(new Version(3, 50)).Render(Select(s_p.Id.As(longName)).From(s_p)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_other_lengths_are_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => Unnest("u", SqlArray.Of("id", [1L, 2]), SqlArray.Of("word", ["a"])));
        Assert.StartsWith("'word' has 1 values, but 'id' has 2.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_twice_and_rows_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Update(s_p).Set(s_p.Name, "a").Set(s_p.Name, "b"));
        Assert.Throws<BulkPlanException>(() => InsertInto(s_s).Values(1L, "a"));
        Assert.Throws<ArgumentException>(() => s_p.Id.NotIn([1L]) is null || s_p.Name.NotIn(["a", null!]) is null);
    }
}
