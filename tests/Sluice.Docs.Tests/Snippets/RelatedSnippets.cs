using Sluice.Specification;
using static Sluice.Sql;
using Table = Sluice.Table;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What docs/related.md shows, run on both databases.</summary>
public sealed class RelatedSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_read_with_what_belongs_to_them(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await FillAsync(engine);
        await ReadAsync(engine);
        await NarrowAsync(engine);
        await LabelAsync(engine);
        await StreamAsync(engine);
        await ReflectAsync(engine);
    }

    static async Task FillAsync(Engine engine)
    {
        await engine.CreateTableAsync(Table.For<Shelf>());
        await engine.CreateTableAsync(Table.For<Book>());
        foreach (var table in (Table[])[Customer.Table, Order.Table, Product.Table, OrderLine.Table, Label.Table, OrderLabel.Table])
            await engine.CreateTableAsync(table);
        await engine.InsertAsync([new Customer { Id = 1, Name = "Ada" }]);
        await engine.InsertAsync([new Order { Id = 1, CustomerId = 1 }, new Order { Id = 2 }]);
        await engine.InsertAsync([new Product { Sku = "tea", Price = 2.5m }]);
        await engine.InsertAsync([new OrderLine { Id = 1, OrderId = 1, Sku = "tea", Quantity = 1 }, new OrderLine { Id = 2, OrderId = 1, Sku = "tea", Quantity = 4 }]);
        await engine.InsertAsync([new Label { Id = 1, Text = "urgent" }]);
        await engine.InsertAsync([new OrderLabel { OrderId = 2, LabelId = 1 }]);
    }

    static async Task ReadAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: related-read
        var o = Order.Table;
        IReadOnlyList<Order> orders = await engine.QueryAsync<Order>(Select(o).From(o).OrderBy(o.Id).Include(o.Lines).Include(o.Customer), ct);
        foreach (var order in orders)
            Console.WriteLine($"{order.Customer?.Name ?? "nobody"}: {order.Lines.Count} lines");
        // end

        Assert.Equal([("Ada", 2), (null, 0)], orders.Select(x => (x.Customer?.Name, x.Lines.Count)));
    }

    static async Task NarrowAsync(Engine engine)
    {
        var o = Order.Table;
        var ct = CancellationToken.None;

        // docs: related-narrow
        var l = OrderLine.Table;
        var lines = o.Lines.Where(l.Quantity > 1).OrderBy(l.Id.Desc()).Include(l.Product, IncludeStrategy.Joined);
        var orders = await engine.QueryAsync<Order>(Select(o).From(o).OrderBy(o.Id).Limit(20).Include(lines, IncludeStrategy.Joined), ct);
        // end

        Assert.Equal(2.5m, Assert.Single(orders[0].Lines).Product!.Price);
    }

    static async Task LabelAsync(Engine engine)
    {
        var o = Order.Table;
        var ct = CancellationToken.None;

        // docs: related-through
        var t = Label.Table;
        var labelled = await engine.QueryAsync<Order>(Select(o).From(o).Include(o.Labels.Through(OrderLabel.Table).OrderBy(t.Text)), ct);
        // end

        Assert.Equal("urgent", Assert.Single(labelled.Single(x => x.Id == 2).Labels).Text);
    }

    static async Task StreamAsync(Engine engine)
    {
        var o = Order.Table;
        var ct = CancellationToken.None;
        var seen = 0;

        // docs: related-stream
        await foreach (var batch in engine.StreamAsync<Order>(Select(o).From(o).Include(o.Lines), new StreamOptions { YieldPer = 2_000 }, ct).Batches())
            seen += batch.Sum(order => order.Lines.Count);
        // end

        Assert.Equal(2, seen);
    }

    static async Task ReflectAsync(Engine engine)
    {
        var ct = CancellationToken.None;

        // docs: related-reflected
        var s = Table.For<Shelf>();
        var shelves = await engine.QueryAsync<Shelf>(Select(s).From(s).Include(s.ToMany(x => x.Books)), ct);
        // end

        Assert.Empty(shelves);
    }
}
