using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Statements;

/// <summary>Two columns of one name in a query that another one reads are two columns.</summary>
public abstract class ColumnNamesSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static readonly Part.PartTable s_p = Part.Table;

    static readonly Part.PartTable s_parent = Part.Table.As("parent");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static SqlSelect Pairs => Select(s_p.Id, s_p.Name, s_parent.Id).From(s_p).Join(s_parent, s_parent.Id == s_p.ParentId.AsType<long>());

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS parts");
        await Engine.CreateTableAsync(s_p, Stop);
        await Engine.InsertAsync([new Part(1, "engine", null, 1, true, null), new Part(2, "piston", 1, 2, true, null), new Part(3, "ring", 2, 3, false, null)], cancellationToken: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<IReadOnlyList<(long, string, long)>> ReadAsync(SqlQuery query) => Engine.QueryAsync<long, string, long>(query, Stop);

    [Fact]
    public async Task In_a_cte_and_in_a_query_in_from()
    {
        (long, string, long)[] pairs = [(2, "piston", 1), (3, "ring", 2)];
        foreach (var pair in new SqlFrom[] { Pairs.AsCte("pairs"), Pairs.As("pairs"), Pairs.UnionAll(Pairs.Where(s_p.Id < 0)).As("pairs"), Pairs.UnionAll(Pairs.Where(s_p.Id < 0)).AsCte("pairs") })
        {
            Assert.Equal(pairs, await ReadAsync(Select(pair).From(pair).OrderBy(pair["id"])));
            Assert.Equal(pairs, await ReadAsync(Select(pair["id"], pair["name"], pair["id_2"]).From(pair).OrderBy(pair["id_2"])));
        }
    }

    [Fact]
    public async Task In_a_recursive_query()
    {
        var walk = RecursiveCte("walk").StartWith(Select(s_p.Id, s_p.Id).From(s_p).Where(s_p.ParentId.IsNull()))
            .ThenUnionAll(self => Select(s_p.Id, self["id_2"]).From(s_p).Join(self, s_p.ParentId.AsType<long>() == self["id"]));
        Assert.Equal([(1L, 1L), (2, 1), (3, 1)], await Engine.QueryAsync<long, long>(Select(walk["id"], walk["id_2"]).From(walk).OrderBy(walk["id"]), Stop));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_given_again()
    {
        var named = Select(s_p.Id, s_p.ParentId.As("id_2"), (s_p.Id * 10L).As("id")).From(s_p).As("named");
        Assert.Equal([(2L, 1L, 20L)], await Engine.QueryAsync<long, long, long>(Select(named["id"], named["id_2"], named["id_3"]).From(named).Where(named["id"] == Param(2L)), Stop));
    }

    [Fact]
    public async Task In_rows_that_are_dictionaries()
    {
        var row = await Engine.QuerySingleAsync<Dictionary<string, object?>>(Pairs.Where(s_p.Id == 3), Stop);
        Assert.Equal([("id", 3L), ("name", "ring"), ("id_2", 2L)], row.Select(p => (p.Key, p.Value!)));
    }

    [Fact]
    public void Names_that_are_given_are_given_once()
    {
        Assert.Throws<ArgumentException>(() => RecursiveCte("walk", s_p.Id, s_p.Id));
        Assert.Throws<ArgumentException>(() => Values("v", ["id", "id"], [Param(1L), Param(2L)]));
        Assert.Throws<ArgumentException>(() => Unnest("u", SqlArray.Of("id", [1L]), SqlArray.Of("id", [2L])));
    }
}
