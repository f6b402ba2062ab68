using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Statements;

/// <summary>Exact numbers, points in time and spans are compared, ordered and computed with as what they are, however they are stored.</summary>
public abstract class ValueOrderSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static readonly DateTimeOffset s_noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    // In the order of no text: by price 1 2 3 4, by time 3 1 2 4, by duration 4 2 1 3, by the large number 2 1 4 3.
    static readonly Priced[] s_rows =
    [
        new(1, -3m, s_noon.ToOffset(TimeSpan.FromHours(9)), new(2024, 5, 1, 12, 0, 0, 1, DateTimeKind.Utc), TimeSpan.FromHours(9), 10),
        new(2, 9.5m, s_noon.AddMinutes(1).ToOffset(TimeSpan.FromHours(-8)), new(2024, 5, 1, 12, 0, 0, 20, DateTimeKind.Utc), TimeSpan.FromMinutes(-5), 9),
        new(3, 10m, s_noon.AddMinutes(-1).ToOffset(TimeSpan.FromHours(1)), new(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(10), ulong.MaxValue),
        new(4, 100m, s_noon.AddDays(1), new(2024, 5, 2, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(-2), 1UL << 63),
    ];

    static Priced.PricedTable P => Priced.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS priced");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS tariffs");
        await Engine.CreateTableAsync(P, Stop);
        await Engine.CreateTableAsync(Tariff.Table, Stop);
        await Engine.InsertAsync(s_rows, cancellationToken: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task<string> IdsAsync(SqlBool condition) => string.Join(' ', await Engine.QueryAsync<int>(Select(P.Id).From(P).Where(condition).OrderBy(P.Id), Stop));

    async Task<string> OrderedAsync(params SqlOrder[] orders) => string.Join(' ', await Engine.QueryAsync<int>(Select(P.Id).From(P).OrderBy(orders), Stop));

    async Task<T> OneAsync<T>(SqlExpr<T> value) => Assert.Single(await Engine.QueryAsync<T>(Select(value).From(P), Stop));

    // Another program's digits and offsets for values that rows have.
    Task AddOthersAsync() => Database.ExecuteAsync(
        "INSERT INTO priced (id, price, at, local, took, big) VALUES (5, '9.50', '2024-05-01 13:00:00+01:00', '2024-05-01 12:00:00', '00:00:01', '7'), (6, '1e1', '2024-05-01T12:00:00Z', '2024-05-01 12:00:00', '00:00:01', '7')");

    [Fact]
    public async Task Exact_numbers_are_compared_as_numbers()
    {
        Assert.Equal("3 4", await IdsAsync(P.Price > 9.75m));
        Assert.Equal("1 2", await IdsAsync(P.Price < 10m));
        Assert.Equal("1 2 3", await IdsAsync(P.Price <= 10m));
        Assert.Equal("2 3 4", await IdsAsync(Param(9.5m) <= P.Price));
        Assert.Equal("2 3", await IdsAsync(P.Price.Between(9m, 20m)));
        Assert.Equal("1 4", await IdsAsync(!P.Price.Between(9m, 20m)));
        Assert.Equal("3", await IdsAsync(P.Price == 10.0m));
        Assert.Equal("1 2 4", await IdsAsync(P.Price != 10.00m));
        Assert.Equal("2 4", await IdsAsync(P.Price.In(9.50m, 100m, 1000m)));
        Assert.Equal("3 4", await IdsAsync(P.Price > Literal(9.75m)));
        Assert.Equal("4", await IdsAsync(P.Price.IsNotDistinctFrom(100m)));
        Assert.Equal("3 4", await IdsAsync(Tuple(P.Price, P.Id).GreaterThan(Tuple(Param(9.5m), Param(2)))));
    }

    [Fact]
    public async Task Large_whole_numbers_are_compared_as_numbers()
    {
        Assert.Equal("3 4", await IdsAsync(P.Big > 10UL));
        Assert.Equal("1 3 4", await IdsAsync(P.Big >= 10UL));
        Assert.Equal("3", await IdsAsync(P.Big == ulong.MaxValue));
        Assert.Equal("2 3", await IdsAsync(P.Big.In(9UL, ulong.MaxValue)));
        Assert.Equal("2 1 4 3", await OrderedAsync(P.Big));
        Assert.Equal(ulong.MaxValue, await OneAsync(Max(P.Big)));
        Assert.Equal("18446744073709551615|9223372036854775808", (await Database.RunClientAsync("SELECT (SELECT big FROM priced WHERE id = 3), (SELECT big FROM priced WHERE id = 4)")).Trim());
        Assert.Equal([10UL, 9, ulong.MaxValue, 1UL << 63], await Engine.QueryAsync<ulong>(Select(P.Big).From(P).OrderBy(P.Id), Stop));
    }

    [Fact]
    public async Task Points_in_time_are_compared_whatever_their_offset()
    {
        Assert.Equal("1 3", await IdsAsync(P.At <= s_noon));
        Assert.Equal("3", await IdsAsync(P.At < s_noon.ToOffset(TimeSpan.FromHours(-12))));
        Assert.Equal("2 4", await IdsAsync(P.At > s_noon.ToOffset(TimeSpan.FromHours(14))));
        Assert.Equal("1", await IdsAsync(P.At == s_noon));
        Assert.Equal("2 3 4", await IdsAsync(P.At != s_noon));
        Assert.Equal("1 2", await IdsAsync(P.At.Between(s_noon, s_noon.AddHours(1).ToOffset(TimeSpan.FromHours(3)))));
        Assert.Equal("1 4", await IdsAsync(P.At.In(s_noon, s_noon.AddDays(1).ToOffset(TimeSpan.FromHours(2)))));
        Assert.Equal("1 2 3 4", await IdsAsync(P.At < Now()));
        Assert.Equal("3 1 2 4", await OrderedAsync(P.At));
        Assert.Equal("4 2 1 3", await OrderedAsync(P.At.Desc()));
        Assert.Equal(s_noon.AddDays(1).UtcDateTime, (await OneAsync(Max(P.At))).UtcDateTime);
        Assert.Equal(s_noon.AddMinutes(-1).UtcDateTime, (await OneAsync(Min(P.At))).UtcDateTime);
        Assert.Equal("3 1 2 4", await OrderedAsync(P.Local));
        Assert.Equal("1 3", await IdsAsync(P.Local < new DateTime(2024, 5, 1, 12, 0, 0, 20, DateTimeKind.Utc)));
        Assert.Equal("3", await IdsAsync(P.Local == new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public async Task Spans_are_compared_by_their_length()
    {
        Assert.Equal("4 2 1 3", await OrderedAsync(P.Took));
        Assert.Equal("3", await IdsAsync(P.Took > TimeSpan.FromHours(10)));
        Assert.Equal("2 4", await IdsAsync(P.Took < TimeSpan.Zero));
        Assert.Equal("1", await IdsAsync(P.Took == TimeSpan.FromHours(9)));
        Assert.Equal("1 2", await IdsAsync(P.Took.Between(TimeSpan.FromHours(-1), TimeSpan.FromDays(1))));
        Assert.Equal(TimeSpan.FromDays(10), await OneAsync(Max(P.Took)));
        Assert.Equal(s_rows.Aggregate(TimeSpan.Zero, (sum, r) => sum + r.Took), await OneAsync(Sum(P.Took)));
        Assert.Equal([TimeSpan.FromHours(10)], await Engine.QueryAsync<TimeSpan>(Select(P.Took + TimeSpan.FromHours(1)).From(P).Where(P.Id == 1), Stop));
    }

    [Fact]
    public async Task Exact_numbers_are_ordered_and_aggregated_as_numbers()
    {
        Assert.Equal("1 2 3 4", await OrderedAsync(P.Price));
        Assert.Equal("4 3 2 1", await OrderedAsync(P.Price.Desc()));
        Assert.Equal(100m, await OneAsync(Max(P.Price)));
        Assert.Equal(-3m, await OneAsync(Min(P.Price)));
        Assert.Equal(116.5m, await OneAsync(Sum(P.Price)));
        Assert.Equal(29.125, await OneAsync(Avg(P.Price)));
        Assert.Equal([100m], await Engine.QueryAsync<decimal>(Select(Max(P.Price).As("most")).From(P).Having(Sum(P.Price) > 20m).OrderBy(Output("most")), Stop));
        Assert.Equal([100m, 100m, 100m, 100m], await Engine.QueryAsync<decimal>(Select(Max(P.Price).Over()).From(P), Stop));
        Assert.Equal([-3m, 6.5m, 16.5m, 116.5m], await Engine.QueryAsync<decimal>(
            Select(Sum(P.Price).Over(new SqlWindow().OrderBy(P.Price))).From(P).OrderBy(P.Price), Stop));
        Assert.Equal([100m, 100m, 100m, 100m], await Engine.QueryAsync<decimal>(Select(Greatest(P.Price, 100m, 20m)).From(P), Stop));
        Assert.Equal([3m, 9.5m, 10m, 100m], await Engine.QueryAsync<decimal>(Select(Abs(P.Price)).From(P).OrderBy(P.Id), Stop));
    }

    [Fact]
    public async Task Exact_numbers_are_computed_without_losing_a_digit()
    {
        await Engine.InsertAsync([new Tariff(1234567890123456.78m, "large")], cancellationToken: Stop);
        var t = Tariff.Table;
        async Task<decimal> ValueAsync(SqlExpr<decimal> value) => Assert.Single(await Engine.QueryAsync<decimal>(Select(value).From(t), Stop));
        Assert.Equal(1234567890123456.79m, await ValueAsync(t.Price + 0.01m));
        Assert.Equal(1234567890123456.77m, await ValueAsync(t.Price - 0.01m));
        Assert.Equal(3703703670370370.34m, await ValueAsync(t.Price * 3m));
        Assert.Equal(617283945061728.39m, await ValueAsync(t.Price / 2m));
        Assert.Equal(0.78m, await ValueAsync(t.Price % 1m));
        Assert.Equal(-1234567890123456.78m, await ValueAsync(-t.Price));
        Assert.Equal(1234567890123457m, await ValueAsync(Round(t.Price)));
        Assert.Equal(1234567890123456.78m, await ValueAsync(Sum(t.Price)));
        await Engine.ExecuteAsync(Update(t).Set(t.Price, t.Price + 0.01m).Where(t.Name == "large"), Stop);
        Assert.Equal(1234567890123456.79m, await ValueAsync(t.Price));
        Assert.Equal(1, await Engine.ExecuteAsync(DeleteFrom(t).Where(t.Price * 2m > t.Price + 1m), Stop));
    }

    [Fact]
    public async Task Values_of_other_forms_are_the_same_values()
    {
        await AddOthersAsync();
        Assert.Equal("2 5", await IdsAsync(P.Price == 9.5m));
        Assert.Equal("3 6", await IdsAsync(P.Price.In(10m)));
        Assert.Equal("1 5 6", await IdsAsync(P.At == s_noon));
        Assert.Equal("1 5 6", await IdsAsync(P.At.In(s_noon)));
        Assert.Equal([1L, 2, 2, 1], await Engine.QueryAsync<long>(Select(Count()).From(P).GroupBy(P.Price).OrderBy(P.Price), Stop));
        Assert.Equal([1L, 3, 1, 1], await Engine.QueryAsync<long>(Select(Count()).From(P).GroupBy(P.At).OrderBy(P.At), Stop));
        Assert.Equal(4, (await Engine.QueryAsync<decimal>(Select(P.Price).Distinct().From(P), Stop)).Count);
        Assert.Equal([4L], await Engine.QueryAsync<long>(Select(Count(P.At).Distinct()).From(P), Stop));
        Assert.Equal(4, (await Engine.QueryAsync<decimal>(Select(P.Price).From(P).Union(Select(P.Price).From(P)), Stop)).Count);
        Assert.Empty(await Engine.QueryAsync<decimal>(Select(P.Price).From(P).Where(P.Id > 4).Except(Select(P.Price).From(P).Where(P.Id <= 4)), Stop));
    }

    [Fact]
    public async Task Joins_subqueries_and_ctes_compare_values()
    {
        await AddOthersAsync();
        var q = (Priced.PricedTable)Priced.Table;
        var other = P.As("other");
        var (price, at, id) = (other.Column<decimal>("price"), other.Column<DateTimeOffset>("at"), other.Column<int>("id"));
        Assert.Equal([5, 6], await Engine.QueryAsync<int>(Select(id).From(q).Join(other, q.Price == price & q.Id < id).OrderBy(id), Stop));
        Assert.Equal([5, 6, 6], await Engine.QueryAsync<int>(Select(id).From(q).Join(other, q.At == at & q.Id < id).OrderBy(id), Stop));
        Assert.Equal("3 6", await IdsAsync(P.Price.In(Select(price).From(other).Where(id == 3))));
        Assert.Equal("2 3 4 5 6", await IdsAsync(P.Price > Select(Min(price)).From(other).AsScalar<decimal>()));
        var sums = Select(P.Id, (P.Price + 0m).As("sum")).From(P).AsCte("sums");
        Assert.Equal([4], await Engine.QueryAsync<int>(Select(sums[P.Id]).From(sums).Where(sums["sum"].AsType<decimal>() > 20m), Stop));
    }

    [Fact]
    public async Task A_sync_removes_what_its_scope_says()
    {
        var result = await Engine.SyncAsync([s_rows[0]], P.Price < 5m, cancellationToken: Stop);
        Assert.Equal((1, 0), (result.Updated, result.Removed));
        Assert.Equal(4, await Database.CountAsync("priced"));
        Assert.Equal(2, (await Engine.SyncAsync([s_rows[0]], P.At < s_noon.AddMinutes(2).ToOffset(TimeSpan.FromHours(-11)), cancellationToken: Stop)).Removed);
        Assert.Equal("1 4", await OrderedAsync(P.Id));
    }

    [Fact]
    public async Task Changes_choose_their_rows_by_value()
    {
        var now = DateTimeOffset.UtcNow;
        await Engine.ExecuteAsync(Update(P).Set(P.At, now.AddHours(1).ToOffset(TimeSpan.FromHours(-10))).Where(P.Id == 1), Stop);
        await Engine.ExecuteAsync(Update(P).Set(P.At, now.AddHours(-1).ToOffset(TimeSpan.FromHours(10))).Where(P.Id == 2), Stop);
        Assert.Equal(3, await Engine.ExecuteAsync(DeleteFrom(P).Where(P.At < Now()), Stop));
        Assert.Equal("1", await OrderedAsync(P.Id));
        await Engine.UpsertAsync([s_rows[0] with { Price = 9.5m }, s_rows[1]], on: on => on.Where(Excluded(P.Price) > P.Price), cancellationToken: Stop);
        await Engine.UpsertAsync([s_rows[0] with { Price = 10m }], on: on => on.Where(Excluded(P.Price) > P.Price).Set(P.Price, P.Price + Excluded(P.Price)), cancellationToken: Stop);
        await Engine.UpsertAsync([s_rows[0] with { Price = 2m }], on: on => on.Where(Excluded(P.Price) > P.Price), cancellationToken: Stop);
        Assert.Equal([19.5m, 9.5m], await Engine.QueryAsync<decimal>(Select(P.Price).From(P).OrderBy(P.Id), Stop));
    }

    [Fact]
    public async Task Exact_numbers_are_keys_and_pages_end_with_them()
    {
        Tariff[] tariffs = [.. new[] { 100m, -3m, 9.5m, 10m, 9m, 1000000000000000000000.5m }.Select((price, i) => new Tariff(price, $"t{i}"))];
        await Engine.UpsertAsync(tariffs, cancellationToken: Stop);
        var t = Tariff.Table;
        var pages = new List<decimal>();
        await foreach (var row in Engine.StreamByKeyAsync<Tariff>(Select(t).From(t), t.Price, pageSize: 2, cancellationToken: Stop))
            pages.Add(row.Price);
        Assert.Equal(tariffs.Select(r => r.Price).Order(), pages);
        Assert.Equal((1, 1), await Engine.UpsertAsync([new Tariff(10.0m, "ten"), new Tariff(11m, "eleven")], cancellationToken: Stop) is var r ? (r.Updated, r.Inserted) : default);
        await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync([new Tariff(12.0m, "a"), new Tariff(12.00m, "b")], cancellationToken: Stop));
        Assert.Equal(["ten"], await Engine.QueryAsync<string>(Select(t.Name).From(t).Where(t.Price == 10m), Stop));
        Assert.Equal(2, (await Engine.DeleteAsync([new Tariff(10.00m, ""), new Tariff(-3m, "")], cancellationToken: Stop)).Deleted);
    }
}
