using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>Related rows of a query: the same objects whichever way they are read.</summary>
public abstract class RelatedSpec(TestDatabase database) : RelatedReadingSpec(database)
{
    [Theory]
    [InlineData(IncludeStrategy.SelectIn, IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.SelectIn, IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery, IncludeStrategy.Subquery)]
    [InlineData(IncludeStrategy.Subquery, IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Joined, IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Joined, IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined, IncludeStrategy.Subquery)]
    public async Task All_ways_give_the_same_objects(IncludeStrategy loading, IncludeStrategy next)
    {
        var lines = o.Lines.OrderBy(l.No.Desc()).Include(l.Product, next);
        var tags = o.Tags.Through(OrderTag.Table).OrderBy(t.Id.Desc());
        // One list at most is joined.
        var second = loading is IncludeStrategy.Joined ? IncludeStrategy.SelectIn : loading;

        var read = await Engine.QueryAsync<Order>(AllOrders.Include(lines, loading).Include(o.Customer, loading).Include(tags, second), Stop);

        Assert.Equal(ShopRows.s_orders.Select(ShopRows.Expected), read.Select(ShopRows.Found));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task A_filter_leaves_out_related_rows_and_never_the_others(IncludeStrategy loading)
    {
        var read = await Engine.QueryAsync<Order>(AllOrders.Include(o.Lines.Where(l.Quantity > 40).Where(l.No != 1).OrderBy(l.No), loading), Stop);

        Assert.Equal(
            ShopRows.s_orders.Select(order => (order.Id, string.Join(",", ShopRows.LinesOf(order).Where(x => x is { Quantity: > 40, No: not 1 }).Select(x => x.No)))),
            read.Select(order => (order.Id, string.Join(",", order.Lines.Select(x => x.No)))));
        Assert.Contains(read, order => order.Lines.Count == 0);
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task A_limit_counts_the_rows_and_not_those_that_are_related(IncludeStrategy loading)
    {
        var read = await Engine.QueryAsync<Order>(
            Select(o).From(o).Where(o.CustomerId.IsNotNull()).OrderBy(o.Code.Desc(), o.Id).Limit(5).Offset(3).Include(o.Lines.OrderBy(l.No), loading).Include(o.Customer, loading), Stop);

        var expected = ShopRows.s_orders.Where(x => x.CustomerId is not null).OrderByDescending(x => x.Code, StringComparer.Ordinal).ThenBy(x => x.Id).Skip(3).Take(5).ToList();
        Assert.Equal(expected.Select(x => (x.Id, ShopRows.LinesOf(x).Count(), ShopRows.CustomerOf(x)!.Name)), read.Select(x => (x.Id, x.Lines.Count, x.Customer!.Name)));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Keys_of_several_columns_are_keys(IncludeStrategy loading)
    {
        var read = await Engine.QueryAsync<Line>(Select(l).From(l).OrderBy(l.OrderId, l.No).Include(l.Notes, loading), Stop);

        Assert.Equal(ShopRows.s_lines.Select(x => string.Join(",", ShopRows.s_notes.Where(n => n.OrderId == x.OrderId && n.LineNo == x.No).Select(n => n.Text))), read.Select(x => string.Join(",", x.Notes.Select(n => n.Text))));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Several_columns_lead_to_one_row(IncludeStrategy loading)
    {
        var n = Note.Table;

        var read = await Engine.QueryAsync<Note>(Select(n).From(n).OrderBy(n.Id).Include(n.Line.Include(l.Order), loading), Stop);

        Assert.Equal(ShopRows.s_notes.Select(x => (x.OrderId, x.LineNo, x.OrderId)), read.Select(x => (x.Line!.OrderId, x.Line.No, x.Line.Order!.Id)));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task One_row_belongs_to_one(IncludeStrategy loading)
    {
        var read = await Engine.QueryAsync<Customer>(Select(c).From(c).OrderBy(c.Id).Include(c.Profile, loading), Stop);

        Assert.Equal(ShopRows.s_customers.Select(x => ShopRows.s_profiles.FirstOrDefault(p => p.CustomerId == x.Id)?.Text), read.Select(x => x.Profile?.Text));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Rows_are_related_to_rows_of_their_own_table(IncludeStrategy loading)
    {
        var n = Node.Table;

        var read = await Engine.QueryAsync<Node>(
            Select(n).From(n).Where(n.Id <= 9).OrderBy(n.Id).Include(n.Children.Where(n.Id > 2).OrderBy(n.Id).Include(n.Children.OrderBy(n.Id)), loading).Include(n.Parent, loading), Stop);

        Assert.Equal(
            ShopRows.s_nodes.Take(9).Select(x => (x.Id, x.ParentId, Below(x.Id).Where(k => k > 2).Select(k => $"{k}({string.Join(' ', Below(k))})"))).Select(x => $"{x.Id} {x.ParentId} {string.Join(",", x.Item3)}"),
            read.Select(x => $"{x.Id} {x.Parent?.Id} {string.Join(",", x.Children.Select(k => $"{k.Id}({string.Join(' ', k.Children.Select(g => g.Id))})"))}"));

        static IEnumerable<long> Below(long id) => ShopRows.s_nodes.Where(x => x.ParentId == id).Select(x => x.Id);
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Relations_go_on_for_several_levels(IncludeStrategy loading)
    {
        var orders = c.Orders.OrderBy(o.Id).Include(o.Lines.OrderBy(l.No).Include(l.Product).Include(l.Notes)).Include(o.Tags.Through(OrderTag.Table));

        var read = await Engine.QueryAsync<Customer>(Select(c).From(c).OrderBy(c.Id).Include(orders, loading), Stop);

        Assert.Equal(
            ShopRows.s_customers.Select(x => ShopRows.s_orders.Where(y => y.CustomerId == x.Id).Select(y => (y.Id, ShopRows.LinesOf(y).Count(), ShopRows.LinesOf(y).Count(z => z.Sku is not null), ShopRows.TagsOf(y).Count()))),
            read.Select(x => x.Orders.Select(y => (y.Id, y.Lines.Count, y.Lines.Count(z => z.Product is not null), y.Tags.Count))));
        Assert.Equal(ShopRows.s_notes.Count(n => n.OrderId % 4 != 0), read.SelectMany(x => x.Orders).SelectMany(x => x.Lines).Sum(x => x.Notes.Length));
    }

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task A_row_that_a_join_gives_twice_is_two_objects_with_their_lists(IncludeStrategy loading)
    {
        // Order 3 has three lines, and so comes three times.
        var read = await Engine.QueryAsync<Order>(Select(o).From(o).Join(l, l.OrderId == o.Id).Where(o.Id == 3).OrderBy(l.No).Include(o.Lines.OrderBy(l.No), loading), Stop);

        Assert.Equal(3, read.Distinct().Count());
        Assert.All(read, order => Assert.Equal([1, 2, 3], order.Lines.Select(x => x.No)));
        Assert.Equal(3, read.Select(order => order.Lines).Distinct().Count());
    }

    [Fact]
    public async Task Distinct_and_grouped_queries_are_joined_as_a_whole()
    {
        var some = Select(o).Distinct().From(o).Join(l, l.OrderId == o.Id).OrderBy(o.Id.Desc()).Limit(7);

        var read = await Engine.QueryAsync<Order>(some.Include(o.Lines.OrderBy(l.No), IncludeStrategy.Joined).Include(o.Customer, IncludeStrategy.Joined), Stop);

        var expected = ShopRows.s_orders.Where(x => x.Id % 5 != 0).OrderByDescending(x => x.Id).Take(7).ToList();
        Assert.Equal(expected.Select(x => (x.Id, x.CustomerId, ShopRows.LinesOf(x).Count())), read.Select(x => (x.Id, x.Customer?.Id, x.Lines.Count)));
    }

    [Fact]
    public async Task A_set_takes_the_rows_on_the_other_side_of_an_association()
    {
        var read = await Engine.QueryAsync<Tag>(Select(t).From(t).OrderBy(t.Id).Include(t.Orders.Through(OrderTag.Table)), Stop);

        Assert.Equal(ShopRows.s_tags.Select(x => ShopRows.s_orderTags.Where(y => y.TagId == x.Id).Select(y => y.OrderId).Order()), read.Select(x => x.Orders.Select(y => y.Id).Order()));
    }

    [Fact]
    public async Task Rows_that_belong_to_one_share_its_object_when_it_is_read_by_keys()
    {
        var read = await Engine.QueryAsync<Order>(AllOrders.Include(o.Customer), Stop);

        Assert.Equal(6, read.Select(x => x.Customer).OfType<Customer>().Distinct().Count());
    }

    [Fact]
    public async Task Relations_are_read_in_the_callers_transaction()
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        await transaction.InsertAsync([new Order { Id = 1_000, CustomerId = 7, Code = "new" }], cancellationToken: Stop);
        await transaction.InsertAsync([new Line { OrderId = 1_000, No = 1, Quantity = 3 }], cancellationToken: Stop);

        var read = await transaction.QuerySingleAsync<Customer>(Select(c).From(c).Where(c.Id == 7).Include(c.Orders.Include(o.Lines)), Stop);

        Assert.Equal((1_000, 3), (Assert.Single(read.Orders).Id, Assert.Single(read.Orders[0].Lines).Quantity));
    }

    [Fact]
    public async Task Relations_are_values()
    {
        var lines = o.Lines;
        _ = lines.Where(l.No == 1).OrderBy(l.No.Desc()).Include(l.Product);

        var read = await Engine.QuerySingleAsync<Order>(Select(o).From(o).Where(o.Id == 4).Include(lines), Stop);

        Assert.Equal((4, true), (read.Lines.Count, read.Lines.TrueForAll(x => x.Product is null)));
    }

    [Fact]
    public async Task The_columns_of_an_association_can_be_named()
    {
        var association = OrderTag.Table;

        var tags = o.Tags.Through(association, [association.OrderId], [association.TagId]);
        var read = await Engine.QueryAsync<Order>(AllOrders.Include(tags.Where(association.OrderId > 30L)), Stop);

        Assert.Equal(ShopRows.s_orders.Select(x => x.Id > 30 ? ShopRows.TagsOf(x).Count() : 0), read.Select(x => x.Tags.Count));
    }
}
