using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>What cannot be read along says so, and why.</summary>
public abstract class RelatedRefusalsSpec(TestDatabase database) : RelatedReadingSpec(database)
{
    [Fact]
    public async Task Rows_are_read_as_the_type_with_the_property()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.QueryAsync<Line>(AllOrders.Include(o.Lines), Stop));

        Assert.Equal("SLU0710", refused.Code);
        Assert.Contains("'Order.Lines'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_association_needs_a_foreign_key_to_each_side()
    {
        var refused = Assert.Throws<BulkPlanException>(() => o.Tags.Through(Note.Table));
        Assert.Equal("SLU0728", refused.Code);

        refused = Assert.Throws<BulkPlanException>(() => o.Tags.Through(OrderTag.Table, [OrderTag.Table.OrderId], []));
        Assert.Equal("SLU0729", refused.Code);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Two_rows_where_one_is_taken_are_an_error(IncludeStrategy loading)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_badges");
        await Database.ExecuteAsync("CREATE TABLE r_badges(id int, owner_id int)");
        await Database.ExecuteAsync("INSERT INTO r_badges VALUES (1, 1), (2, 2), (3, 2), (4, 3)");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_owners");
        await Database.ExecuteAsync("CREATE TABLE r_owners(id int)");
        await Database.ExecuteAsync("INSERT INTO r_owners VALUES (1), (2), (3)");
        var owner = Owner.Table;

        var refused = await Assert.ThrowsAsync<BulkException>(() => Engine.QueryAsync<Owner>(Select(owner).From(owner).Include(owner.Badge, loading), Stop));

        Assert.Equal("SLU0712", refused.Code);
        var read = await Engine.QueryAsync<Owner>(Select(owner).From(owner).Where(owner.Id != 2).OrderBy(owner.Id).Include(owner.Badge, loading), Stop);
        Assert.Equal([1, 4], read.Select(x => x.Badge!.Id));
    }

    [Fact]
    public async Task Two_lists_are_not_joined()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() =>
            Engine.QueryAsync<Order>(AllOrders.Include(o.Lines, IncludeStrategy.Joined).Include(o.Tags.Through(OrderTag.Table), IncludeStrategy.Joined), Stop));

        Assert.Equal("SLU0713", refused.Code);
    }

    [Fact]
    public async Task A_list_of_related_rows_is_not_joined()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.QueryAsync<Customer>(Select(c).From(c).Include(c.Orders.Include(o.Lines, IncludeStrategy.Joined)), Stop));

        Assert.Equal("SLU0713", refused.Code);
    }

    [Fact]
    public async Task Locked_rows_are_not_joined()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.QueryAsync<Order>(AllOrders.ForUpdate().Include(o.Customer, IncludeStrategy.Joined), Stop));

        Assert.Equal("SLU0713", refused.Code);
    }

    [Fact]
    public async Task A_subquery_needs_the_query_of_its_parents()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.QueryAsync<Order>(AllOrders.Include(o.Lines.Include(l.Product, IncludeStrategy.Subquery)), Stop));

        Assert.Equal("SLU0730", refused.Code);
    }

    [Fact]
    public void A_stream_refuses_what_needs_all_rows_before_anything_is_sent()
    {
        Assert.Equal("SLU0713", Assert.Throws<BulkPlanException>(() => Engine.StreamAsync<Order>(AllOrders.Include(o.Lines, IncludeStrategy.Joined))).Code);
        Assert.Equal("SLU0730", Assert.Throws<BulkPlanException>(() => Engine.StreamAsync<Order>(AllOrders.Include(o.Lines, IncludeStrategy.Subquery))).Code);
        Assert.Equal("SLU0713", Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<Order>(AllOrders.Include(o.Lines, IncludeStrategy.Joined), o.Id)).Code);
        var computed = Select(o.Id, o.CustomerId, Upper(o.Code).As("code")).From(o).Include(o.Customer, IncludeStrategy.Joined);
        Assert.Equal("SLU0713", Assert.Throws<BulkPlanException>(() => Engine.StreamByKeyAsync<Order>(computed, o.Id)).Code);
    }

    [Fact]
    public void A_query_with_related_rows_is_no_part_of_another()
    {
        Assert.Equal("SLU0716", Assert.Throws<BulkPlanException>(() => AllOrders.Include(o.Lines).As("q")).Code);
        Assert.Equal("SLU0716", Assert.Throws<BulkPlanException>(() => AllOrders.Include(o.Lines).Union(AllOrders)).Code);
        Assert.Equal("SLU0716", Assert.Throws<BulkPlanException>(() => AllOrders.Union(AllOrders.Include(o.Lines))).Code);
    }

    [Fact]
    public async Task A_key_that_only_the_database_takes_for_the_same_is_an_error_by_keys_and_none_when_joined()
    {
        await CreateCaselessAsync();
        var page = Page.Table;

        var refused = await Assert.ThrowsAsync<BulkException>(() => Engine.QueryAsync<Page>(Select(page).From(page).Include(page.Book), Stop));
        Assert.Equal("SLU0715", refused.Code);
        var read = await Engine.QueryAsync<Page>(Select(page).From(page).Include(page.Book, IncludeStrategy.Joined), Stop);
        Assert.Equal("ABC", Assert.Single(read).Book!.Isbn);
    }

    /// <summary>Makes r_books(isbn) with 'ABC' and r_pages(id, isbn) with 'abc', which are the same to the database.</summary>
    protected abstract Task CreateCaselessAsync();
}
