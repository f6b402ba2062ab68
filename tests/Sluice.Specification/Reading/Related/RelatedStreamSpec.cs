using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>Related rows of streams, batch by batch.</summary>
public abstract class RelatedStreamSpec(TestDatabase database) : RelatedReadingSpec(database)
{
    static SqlSelect Included => AllOrders
        .Include(o.Lines.OrderBy(l.No.Desc()).Include(l.Product, IncludeStrategy.Joined))
        .Include(o.Customer, IncludeStrategy.Joined)
        .Include(o.Tags.Through(OrderTag.Table).OrderBy(t.Id.Desc()));

    static IEnumerable<string> Expected => ShopRows.s_orders.Select(ShopRows.Expected);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1_000)]
    public async Task Every_row_of_a_stream_has_its_related_ones(int yieldPer)
    {
        var rows = await ToListAsync(Engine.StreamAsync<Order>(Included, new StreamOptions { YieldPer = yieldPer }, Stop));

        Assert.Equal(Expected, rows.Select(ShopRows.Found));
    }

    [Fact]
    public async Task Batches_have_theirs_too()
    {
        var batches = await ToListAsync(Engine.StreamAsync<Order>(Included, new StreamOptions { YieldPer = 25 }, Stop).Batches());

        Assert.Equal([25, 25, 10], batches.Select(b => b.Count));
        Assert.Equal(Expected, batches.SelectMany(b => b).Select(ShopRows.Found));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public async Task Pages_by_key_have_theirs(int pageSize)
    {
        var rows = await ToListAsync(Engine.StreamByKeyAsync<Order>(Included, o.Id, pageSize, Stop));

        Assert.Equal(Expected, rows.Select(ShopRows.Found));
    }

    [Fact]
    public async Task Rows_with_computed_columns_are_joined_as_a_whole()
    {
        var computed = Select(o.Id, o.CustomerId,
            Upper(o.Code).As("code")).From(o).OrderBy(o.Id.Desc()).Include(o.Customer.Where(c.Id != 2), IncludeStrategy.Joined);

        var rows = await ToListAsync(Engine.StreamAsync<Order>(computed, new StreamOptions { YieldPer = 7 }, Stop));

        Assert.Equal(
            ShopRows.s_orders.Reverse().Select(x => (x.Id, x.Code.ToUpperInvariant(), x.CustomerId is 2 ? null : x.CustomerId)),
            rows.Select(x => (x.Id, x.Code, x.Customer?.Id)));
    }

    [Fact]
    public async Task A_stream_within_the_callers_transaction_sees_what_that_wrote()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([new Order { Id = 2_000, Code = "new" }], cancellationToken: Stop);
        await transaction.InsertAsync([new Line { OrderId = 2_000, No = 1, Quantity = 5 }], cancellationToken: Stop);

        var rows = await ToListAsync(transaction.StreamAsync<Order>(AllOrders.Include(o.Lines), new StreamOptions { YieldPer = 10 }, Stop));

        Assert.Equal(5, Assert.Single(rows[^1].Lines).Quantity);
        Assert.Equal(61, await transaction.ScalarAsync<long>(Select(Count()).From(o), Stop));
    }

    [Fact]
    public async Task A_stream_that_is_left_early_gives_its_connection_back()
    {
        await foreach (var row in Engine.StreamAsync<Order>(Included, new StreamOptions { YieldPer = 3 }, Stop))
        {
            if (row.Id == 4)
                break;
        }

        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Fact]
    public async Task A_fault_among_related_rows_ends_the_stream()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_owners");
        await Database.ExecuteAsync("CREATE TABLE r_owners(id int)");
        await Database.ExecuteAsync("INSERT INTO r_owners VALUES (1), (2), (3)");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_badges");
        var owner = Owner.Table;

        var refused = await Assert.ThrowsAnyAsync<BulkException>(() => ToListAsync(Engine.StreamAsync<Owner>(Select(owner).From(owner).Include(owner.Badge), cancellationToken: Stop)));

        Assert.Contains("r_badges", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(await Database.OpenWorkAsync());
    }
}
