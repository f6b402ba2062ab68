using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Statements;

/// <summary>What statements do, by the rows that they return and leave behind.</summary>
public abstract class StatementSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly DateTimeOffset s_noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    static readonly Part[] s_parts =
    [
        new(1, "engine", null, 120.5, true, s_noon),
        new(2, "piston", 1, 1.25, true, null),
        new(3, "ring", 2, 0.05, false, null),
        new(4, "wheel", null, 18, true, s_noon.AddDays(1)),
        new(5, "Tyre", 4, 9.5, true, null),
    ];

    static readonly Stock[] s_stock =
    [
        new(1, "hamburg", 3, 1200.50m), new(2, "hamburg", 40, 12.25m), new(2, "turin", 7, 11.75m), new(5, "turin", 90, 80m), new(5, "oslo", 0, 82.5m),
    ];

    static PartTableHolder T => default;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly struct PartTableHolder
    {
        internal Part.PartTable P => Part.Table;

        internal Stock.StockTable S => Stock.Table;
    }

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS parts");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS stock");
        await Engine.CreateTableAsync(Part.Table, Stop);
        await Engine.CreateTableAsync(Stock.Table, Stop);
        await Engine.InsertAsync(s_parts, cancellationToken: Stop);
        await Engine.InsertAsync(s_stock, cancellationToken: Stop);
    }

    async Task<string[]> NamesAsync(SqlQuery query) => [.. await Engine.QueryAsync<string>(query, Stop)];

    [Fact]
    public async Task A_table_is_read_as_its_rows() =>
        Assert.Equal(s_parts, await Engine.QueryAsync<Part>(Select(T.P).From(T.P).OrderBy(T.P.Id), Stop));

    [Fact]
    public async Task Conditions_combine() => Assert.Equal(
        ["engine", "wheel"],
        await NamesAsync(Select(T.P.Name).From(T.P).Where((T.P.Weight > 10 | T.P.Id == 3) & T.P.UpdatedAt != null & !(T.P.Name == "ring")).OrderBy(T.P.Id)));

    [Fact]
    public async Task Null_is_asked_for_by_its_own_test()
    {
        Assert.Equal(["piston", "ring", "Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.UpdatedAt == null!).OrderBy(T.P.Id)));
        Assert.Equal(["engine", "wheel"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.ParentId.IsNull()).OrderBy(T.P.Id)));
        Assert.Equal([2L, 3], await Engine.QueryAsync<long>(Select(T.P.Id).From(T.P).Where(T.P.ParentId.IsDistinctFrom(4) & T.P.ParentId.IsNotNull()).OrderBy(T.P.Id), Stop));
    }

    [Fact]
    public async Task Lists_of_all_lengths_share_one_text()
    {
        var one = Select(T.P.Name).From(T.P).Where(T.P.Id.In(3)).OrderBy(T.P.Id);
        var three = Select(T.P.Name).From(T.P).Where(T.P.Id.In(1, 3, 99)).OrderBy(T.P.Id);
        Assert.Equal(Engine.Render(one).Text, Engine.Render(three).Text);
        Assert.Equal(["ring"], await NamesAsync(one));
        Assert.Equal(["engine", "ring"], await NamesAsync(three));
        Assert.Empty(await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Id.In([]))));
        Assert.Equal(["piston", "wheel", "Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Id.NotIn([1, 3])).OrderBy(T.P.Id)));
        Assert.Equal(["piston", "ring"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.In("piston", "ring", "it's")).OrderBy(T.P.Id)));
    }

    [Fact]
    public async Task Like_tells_capitals_and_ILike_does_not()
    {
        Assert.Empty(await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.Like("t%"))));
        Assert.Equal(["Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.Like("T_r%"))));
        Assert.Equal(["Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.ILike("t%"))));
        Assert.Empty(await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.Like("T*"))));
        Assert.Empty(await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Name.Like("T!%", '!'))));
    }

    [Fact]
    public async Task Joins_keep_what_they_should()
    {
        var left = Select(T.P.Name, T.S.Place).From(T.P).LeftJoin(T.S, T.P.Id == T.S.PartId).Where(T.P.Id > 2).OrderBy(T.P.Id, T.S.Place);
        Assert.Equal([("ring", null), ("wheel", null), ("Tyre", "oslo"), ("Tyre", "turin")], await Engine.QueryAsync<string, string?>(left, Stop));
        var parent = Part.Table.As("parent");
        Assert.Equal(
            [("piston", "engine"), ("ring", "piston"), ("Tyre", "wheel")],
            await Engine.QueryAsync<string, string>(Select(T.P.Name, parent.Name).From(T.P).Join(parent, parent.Id == T.P.ParentId.AsType<long>()).OrderBy(T.P.Id), Stop));
        Assert.Equal(25, await Engine.ScalarAsync<long>(Select(Count()).From(T.P).CrossJoin(T.S), Stop));
        Assert.Equal(7, await Engine.ScalarAsync<long>(Select(Count()).From(T.P).FullJoin(T.S, T.P.Id == T.S.PartId), Stop));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(T.P).RightJoin(T.S, T.P.Id == T.S.PartId), Stop));
    }

    [Fact]
    public async Task Groups_are_counted_and_filtered()
    {
        var query = Select(T.S.PartId, Count().As("places"), Sum(T.S.Amount).Filter(T.S.Amount > 10).As("much").Cast<long>())
            .From(T.S).GroupBy(T.S.PartId).Having(Count() > 1).OrderBy(T.S.PartId);
        Assert.Equal([(2L, 2L, 40L), (5L, 2L, 90L)], await Engine.QueryAsync<long, long, long>(query, Stop));
        Assert.Equal("hamburg,oslo,turin", await Engine.ScalarAsync<string>(Select(StringAgg(T.S.Place, ",")).From(Select(T.S.Place).From(T.S).Distinct().OrderBy(T.S.Place).As("stock")), Stop)
            is { } joined ? string.Join(',', joined.Split(',').Order(StringComparer.Ordinal)) : null);
    }

    [Fact]
    public async Task Windows_number_and_look_back()
    {
        var window = new SqlWindow().PartitionBy(T.S.PartId).OrderBy(T.S.Amount);
        var query = Select(T.S.Place, RowNumber().Over(window), Lag(T.S.Amount).Over(window)).From(T.S).Where(T.S.PartId == 5).OrderBy(T.S.Amount);
        Assert.Equal([("oslo", 1L, null), ("turin", 2L, 0)], await Engine.QueryAsync<string, long, int?>(query, Stop));
        var running = Sum(T.S.Amount).Over(new SqlWindow().OrderBy(T.S.PartId, T.S.Place).Rows(FrameBound.UnboundedPreceding, FrameBound.CurrentRow)).Cast<long>();
        Assert.Equal([3L, 43, 50, 50, 140], await Engine.QueryAsync<long>(Select(running).From(T.S).OrderBy(T.S.PartId, T.S.Place), Stop));
    }

    [Fact]
    public async Task Distinct_on_takes_the_first_of_each()
    {
        var query = Select(T.S.PartId, T.S.Place).From(T.S).DistinctOn(T.S.PartId).OrderBy(T.S.PartId, T.S.Amount.Desc());
        Assert.Equal([(1L, "hamburg"), (2L, "hamburg"), (5L, "turin")], await Engine.QueryAsync<long, string>(query, Stop));
    }

    [Fact]
    public async Task Queries_combine()
    {
        var heavy = Select(T.P.Name).From(T.P).Where(T.P.Weight > 10);
        var active = Select(T.P.Name).From(T.P).Where(T.P.Active);
        Assert.Equal(["Tyre", "engine", "piston", "wheel"], (await NamesAsync(heavy.Union(active))).Order(StringComparer.Ordinal));
        Assert.Equal(6, (await NamesAsync(heavy.UnionAll(active))).Length);
        Assert.Equal(["engine", "wheel"], (await NamesAsync(heavy.Intersect(active))).Order(StringComparer.Ordinal));
        Assert.Equal(["Tyre", "piston"], (await NamesAsync(active.Except(heavy))).Order(StringComparer.Ordinal));
        Assert.Equal(["piston", "Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).OrderBy(T.P.Weight).Limit(1).Offset(1).UnionAll(Select(T.P.Name).From(T.P).Where(T.P.Id == 5))));
    }

    [Fact]
    public async Task Subqueries_ask_and_answer()
    {
        var stored = Exists(Select(T.S.PartId).From(T.S).Where(T.S.PartId == T.P.Id));
        Assert.Equal(["engine", "piston", "Tyre"], await NamesAsync(Select(T.P.Name).From(T.P).Where(stored).OrderBy(T.P.Id)));
        Assert.Equal(["ring", "wheel"], await NamesAsync(Select(T.P.Name).From(T.P).Where(T.P.Id.NotIn(Select(T.S.PartId).From(T.S))).OrderBy(T.P.Id)));
        var total = Select(Sum(T.S.Amount).Cast<long>()).From(T.S).Where(T.S.PartId == T.P.Id).AsScalar<long?>();
        Assert.Equal([("engine", 3L), ("ring", null)], await Engine.QueryAsync<string, long?>(Select(T.P.Name, total).From(T.P).Where(T.P.Id.In(1, 3)).OrderBy(T.P.Id), Stop));
        Assert.Equal([(2L, "turin")], await Engine.QueryAsync<long, string>(
            Select(T.S.PartId, T.S.Place).From(T.S).Where(Tuple(T.S.PartId, T.S.Place).In(Tuple(Param(2L), Param("turin")), Tuple(Param(9L), Param("oslo")))), Stop));
    }

    [Fact]
    public async Task Values_and_arrays_are_rows()
    {
        var values = Values("v", ["id", "word"], [Param(1L), Param("one")], [Param(5L), Param("five")]);
        var joined = Select(T.P.Name, values["word"]).From(T.P).Join(values, T.P.Id == values["id"]).OrderBy(T.P.Id);
        Assert.Equal([("engine", "one"), ("Tyre", "five")], await Engine.QueryAsync<string, string>(joined, Stop));
        var arrays = Unnest("u", SqlArray.Of("id", [5L, 2]), SqlArray.Of("word", ["fünf", "zwei"])).WithOrdinality("n");
        var unnested = Select(T.P.Name, arrays["word"], arrays["n"]).From(T.P).Join(arrays, T.P.Id == arrays["id"]).OrderBy(arrays["n"]);
        Assert.Equal([("Tyre", "fünf", 1L), ("piston", "zwei", 2L)], await Engine.QueryAsync<string, string, long>(unnested, Stop));
    }

    [Fact]
    public async Task Cases_choose()
    {
        var size = When(T.P.Weight > 100, (SqlExpr<string>)"heavy").When(T.P.Weight > 5, "medium").Else("light");
        Assert.Equal(["heavy", "light", "light", "medium", "medium"], await NamesAsync(Select(size).From(T.P).OrderBy(T.P.Id)));
        Assert.Equal(["one", "other"], await NamesAsync(Select(Case(T.P.Id).When(1L, (SqlExpr<string>)"one").Else("other")).From(T.P).Where(T.P.Id < 3).OrderBy(T.P.Id)));
        Assert.Equal([9.5, 9.5, 9.5, 18], await Engine.QueryAsync<double>(Select(Greatest(T.P.Weight, 9.5)).From(T.P).Where(T.P.Id > 1).OrderBy(T.P.Weight), Stop));
        Assert.Equal(0, await Engine.ScalarAsync<long>(Select(Coalesce(T.P.ParentId.AsType<long>(), 0)).From(T.P).Where(T.P.Id == 1), Stop));
        Assert.Equal(2, await Engine.ScalarAsync<long>(Select(Least<long>(Null, 2L)), Stop));
    }

    [Fact]
    public async Task Arithmetic_follows_precedence() => Assert.Equal(
        [-9L, 9, 21, 2],
        (await Engine.QueryAsync<object?[]>(Select(-(T.P.Id + 2) * 3, T.P.Id + 2 * (T.P.Id + 3), (T.P.Id + 2) * (T.P.Id + 6), (T.P.Id + 13) % 4).From(T.P).Where(T.P.Id == 1), Stop))
            .Single().Select(v => Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Recursion_finds_descendants_and_survives_cycles()
    {
        var tree = RecursiveCte("tree", T.P.Id, T.P.ParentId)
            .StartWith(Select(T.P.Id, T.P.ParentId).From(T.P).Where(T.P.Id == 1))
            .ThenUnionAll(self => Select(T.P.Id, T.P.ParentId).From(T.P).Join(self, T.P.ParentId == self[T.P.Id]));
        Assert.Equal([1L, 2, 3], await Engine.QueryAsync<long>(Select(tree[T.P.Id]).From(tree).OrderBy(tree[T.P.Id]), Stop));

        await Engine.ExecuteAsync(Update(T.P).Set(T.P.ParentId, 3L).Where(T.P.Id == 1), Stop);
        var guarded = tree.Cycle(T.P.Id);
        var found = await Engine.QueryAsync<long, bool>(Select(guarded[T.P.Id], guarded["is_cycle"]).From(guarded), Stop);
        Assert.Equal([(1L, false), (1L, true), (2L, false), (3L, false)], found.Order());
    }

    [Fact]
    public async Task An_update_takes_values_from_a_cte()
    {
        var source = Select(T.S.PartId, Sum(T.S.Amount).As("amount")).From(T.S).GroupBy(T.S.PartId).AsCte("totals");
        var update = Update(T.P).Set(T.P.Weight, source["amount"]).Set(T.P.UpdatedAt, Now())
            .From(source).Where(T.P.Id == source[T.S.PartId]).Returning(T.P.Id, T.P.Weight);
        Assert.Equal([(1L, 3.0), (2L, 47.0), (5L, 90.0)], (await Engine.QueryAsync<long, double>(update, Stop)).Order());
        Assert.Equal("3", (await Database.RunClientAsync("SELECT count(*) FROM parts WHERE weight IN (3, 47, 90)")).Trim());
    }

    [Fact]
    public async Task Now_is_stored_as_rows_store_times()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        Assert.Equal(1, await Engine.ExecuteAsync(Update(T.P).Set(T.P.UpdatedAt, Now()).Where(T.P.Id == 2), Stop));
        var row = await Engine.QuerySingleAsync<Part>(Select(T.P).From(T.P).Where(T.P.Id == 2), Stop);
        Assert.InRange(row.UpdatedAt!.Value, before, DateTimeOffset.UtcNow.AddSeconds(2));
    }

    [Fact]
    public async Task A_delete_looks_at_other_tables()
    {
        Assert.Equal(2, await Engine.ExecuteAsync(DeleteFrom(T.S).Using(T.P).Where(T.S.PartId == T.P.Id & T.P.Name == "piston"), Stop));
        Assert.Equal([1L, 5, 5], await Engine.QueryAsync<long>(Select(T.S.PartId).From(T.S).OrderBy(T.S.PartId), Stop));
        Assert.Equal(3, await Engine.ExecuteAsync(DeleteFrom(T.S).All(), Stop));
    }

    [Fact]
    public async Task An_upsert_updates_where_its_condition_holds()
    {
        SqlInsert insert = InsertInto(T.S).Values(1L, "hamburg", 1, 5m).Values(5L, "oslo", 8, 6m).Values(7L, "oslo", 2, 7m);
        var upsert = insert.OnConflict(T.S.PartId, T.S.Place)
            .DoUpdate(set => set.Set(T.S.Amount, Excluded(T.S.Amount)))
            .Where(Excluded(T.S.Amount) > T.S.Amount);
        Assert.Equal([(5L, 8), (7L, 2)], (await Engine.QueryAsync<long, int>(upsert.Returning(T.S.PartId, T.S.Amount), Stop)).Order());
        Assert.Equal(3, await Engine.ScalarAsync<int>(Select(T.S.Amount).From(T.S).Where(T.S.PartId == 1), Stop));
        Assert.Equal(0, await Engine.ExecuteAsync(insert.OnConflictAny().DoNothing(), Stop));
    }

    [Fact]
    public async Task An_insert_takes_the_rows_of_a_query()
    {
        var copy = InsertInto(T.S).Columns(T.S.PartId, T.S.Place, T.S.Amount, T.S.Price)
            .Select(Select(T.P.Id, (SqlExpr<string>)"oslo", (SqlExpr<int>)1, (SqlExpr<decimal>)2.5m).From(T.P))
            .OnConflict(T.S.PartId, T.S.Place).DoNothing();
        Assert.Equal(4, await Engine.ExecuteAsync(copy, Stop));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(T.S).Where(T.S.Place == "oslo"), Stop));
        Assert.Equal(82.5m, await Engine.ScalarAsync<decimal>(Select(T.S.Price).From(T.S).Where(T.S.PartId == 5 & T.S.Place == "oslo"), Stop));
    }

    [Fact]
    public async Task Text_sends_its_holes_as_parameters()
    {
        var evil = "x'; DROP TABLE parts; --";
        Assert.Equal(0, await Engine.ScalarAsync<long>(Text($"SELECT count(*) FROM parts WHERE name = {evil}"), Stop));
        Assert.Equal(["ring"], await NamesAsync(Select(T.P.Name).From(T.P).Where(Text($"{T.P.Weight} < {0.1}"))));
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(T.P), Stop));
    }

    [Fact]
    public async Task Rows_come_as_dictionaries_and_lists()
    {
        var row = await Engine.QuerySingleAsync<Dictionary<string, object?>>(Select(T.P.Id, T.P.Name, T.P.ParentId).From(T.P).Where(T.P.Id == 1), Stop);
        Assert.Equal([("id", (object?)1L), ("name", "engine"), ("parent_id", null)], row.Select(p => (p.Key, p.Value)));
        var none = await Assert.ThrowsAsync<BulkException>(() => Engine.QuerySingleAsync<long>(Select(T.P.Id).From(T.P).Where(T.P.Id == 0), Stop));
        Assert.Equal("SLU0620", none.Code);
        var lacking = await Assert.ThrowsAsync<BulkException>(() => Engine.QueryAsync<Part>(Select(T.P.Id).From(T.P), Stop));
        Assert.Equal("SLU0622", lacking.Code);
        Assert.Contains("'weight'", lacking.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_statement_says_why_and_changes_nothing()
    {
        var failure = await Assert.ThrowsAsync<StatementException>(() => Engine.ExecuteAsync(InsertInto(T.P).Values(9L, "a", Null, 1.0, true, Null).Values(1L, "b", Null, 1.0, true, Null), Stop));
        Assert.Equal("23505", failure.SqlState);
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(T.P), Stop));
    }

    [Fact]
    public async Task A_transaction_is_all_or_nothing()
    {
        await using (var undone = await Engine.BeginAsync(cancellationToken: Stop))
        {
            Assert.Equal(5, await undone.ExecuteAsync(DeleteFrom(T.S).All(), Stop));
            Assert.Equal(0, await undone.ScalarAsync<long>(Select(Count()).From(T.S), Stop));
        }
        Assert.Equal(5, await Engine.ScalarAsync<long>(Select(Count()).From(T.S), Stop));

        await using var kept = await Engine.BeginAsync(cancellationToken: Stop);
        await kept.InsertAsync([new Stock(8, "rome", 1, 1m)], cancellationToken: Stop);
        await Assert.ThrowsAsync<BulkRowException>(() => kept.InsertAsync([new Stock(9, "rome", 1, 1m), new Stock(8, "rome", 1, 1m)], cancellationToken: Stop));
        await using (await kept.SavepointAsync(Stop))
            await kept.ExecuteAsync(DeleteFrom(T.S).All(), Stop);
        await using var mark = await kept.SavepointAsync(Stop);
        await kept.ExecuteAsync(DeleteFrom(T.S).Where(T.S.PartId == 1), Stop);
        await mark.ReleaseAsync(Stop);
        await kept.CommitAsync(Stop);
        Assert.Equal([2L, 2, 5, 5, 8], await Engine.QueryAsync<long>(Select(T.S.PartId).From(T.S).OrderBy(T.S.PartId), Stop));
        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.ExecuteAsync(DeleteFrom(T.S).All(), Stop));
    }

    [Fact]
    public async Task A_read_only_transaction_refuses_writes()
    {
        await using var reading = await Engine.BeginAsync(new TransactionOptions { ReadOnly = true }, Stop);
        Assert.Equal(5, await reading.ScalarAsync<long>(Select(Count()).From(T.S), Stop));
        await Assert.ThrowsAsync<StatementException>(() => reading.ExecuteAsync(DeleteFrom(T.S).All(), Stop));
        await reading.DisposeAsync();
        Assert.Equal(5, await Engine.ExecuteAsync(DeleteFrom(T.S).All(), Stop));
    }

    sealed record Named(string Name, string? Comment, int? Count);

    [Fact]
    public async Task What_may_be_null_is_null_where_the_result_has_no_such_column()
    {
        Assert.Equal([new Named("engine", null, null)], await Engine.QueryAsync<Named>(Select(T.P.Name).From(T.P).Where(T.P.Id == 1), Stop));
        Assert.Equal([new Named("engine", null, 3)], await Engine.QueryAsync<Named>(Select(T.P.Id, ((SqlExpr<int>)3).As("count"), T.P.Name).From(T.P).Where(T.P.Id == 1), Stop));
        Assert.Equal("SLU0622", (await Assert.ThrowsAsync<BulkException>(() => Engine.QueryAsync<Named>(Select(T.P.Id).From(T.P), Stop))).Code);
    }
}
