using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Text.Json;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

[Table("g_customers")]
public sealed class Customer
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[Table("g_orders")]
public sealed class Order
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public int? CustomerId { get; set; }

    [ForeignKey(nameof(CustomerId))]
    public Customer? Customer { get; set; }

    public string Code { get; set; } = "";

    public List<OrderLine> Lines { get; } = [];
}

[Table("g_lines")]
public sealed class OrderLine
{
    public long OrderId { get; set; }

    [ForeignKey(nameof(OrderId))]
    public Order? Order { get; set; }

    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Sku { get; set; } = "";

    [ForeignKey(nameof(Sku))]
    public Product? Product { get; set; }

    public int Count { get; set; }

    [InverseProperty(nameof(LineNote.Line))]
    public ICollection<LineNote>? Notes { get; set; }
}

[Table("g_products")]
public sealed class Product
{
    [Key]
    public string Sku { get; set; } = "";

    public decimal Price { get; set; }
}

[Table("g_notes")]
public sealed class LineNote
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public long LineId { get; set; }

    [ForeignKey(nameof(LineId))]
    public OrderLine? Line { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>A tree whose rows refer to others of their own.</summary>
[Table("g_nodes")]
public sealed class TreeNode
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public long? ParentId { get; set; }

    [ForeignKey(nameof(ParentId))]
    public TreeNode? Parent { get; set; }

    public List<TreeNode> Children { get; } = [];
}

[Table("g_airports")]
public sealed class Airport
{
    [Key]
    public string Iata { get; set; } = "";

    public string Name { get; set; } = "";

    [InverseProperty(nameof(Route.From))]
    public List<Route> Departures { get; } = [];
}

[Table("g_routes")]
public sealed class Route
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Origin { get; set; } = "";

    [ForeignKey(nameof(Origin))]
    public Airport? From { get; set; }

    public string Destination { get; set; } = "";

    [ForeignKey(nameof(Destination))]
    public Airport? To { get; set; }

    public int Count { get; set; }
}

/// <summary>Objects that refer to each other land with each other's keys, or not at all.</summary>
public abstract class GraphSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly string[] s_tables = ["g_notes", "g_lines", "g_orders", "g_customers", "g_products", "g_nodes", "g_routes", "g_airports"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        foreach (var table in s_tables)
            await Database.ExecuteAsync($"DROP TABLE IF EXISTS {table}");
        foreach (var table in new Sluice.Table[]
        {
            Sluice.Table.For<Customer>(), Sluice.Table.For<Product>(), Sluice.Table.For<Order>(), Sluice.Table.For<OrderLine>(),
            Sluice.Table.For<LineNote>(), Sluice.Table.For<TreeNode>(), Sluice.Table.For<Airport>(), Sluice.Table.For<Route>(),
        })
        {
            Assert.All(table.ForeignKeys, key => Assert.NotEmpty(key.ReferencedColumns));
            await Engine.CreateTableAsync(table, Stop);
        }
    }

    static List<Order> Orders(int count)
    {
        var customers = Enumerable.Range(0, 3).Select(i => new Customer { Name = $"c{i}" }).ToArray();
        var products = Enumerable.Range(0, 5).Select(i => new Product { Sku = $"p{i}", Price = i }).ToArray();
        var orders = new List<Order>();
        for (var i = 0; i < count; i++)
        {
            var order = new Order { Code = $"o{i}", Customer = i % 4 == 3 ? null : customers[i % 4] };
            for (var j = 0; j < i % 5; j++)
                order.Lines.Add(new OrderLine { Product = products[(i + j) % 5], Count = j, Notes = j % 2 == 0 ? null : [new LineNote { Text = $"o{i}/{j}" }] });
            orders.Add(order);
        }
        return orders;
    }

    [Fact]
    public async Task Four_levels_with_shared_objects_land_with_each_others_keys()
    {
        var orders = Orders(2_000);
        await Engine.InsertAsync([new Order { Code = "before" }], cancellationToken: Stop);
        var result = await Engine.InsertGraphAsync(orders, cancellationToken: Stop);

        Assert.Equal(3 + 5 + 2_000 + 4_000 + 1_600, result.Inserted);
        var lines = orders.SelectMany(o => o.Lines.Select(l => (Order: o, Line: l))).ToList();
        Assert.All(lines, pair => Assert.True(pair.Line.Id > 0 && pair.Line.OrderId == pair.Order.Id && pair.Line.Sku == pair.Line.Product!.Sku));
        var stored = await Database.RunClientAsync("""
            SELECT o.code, coalesce(c.name, '-'), l.count, p.sku, l.id, coalesce(n.text, '-') FROM g_orders o LEFT JOIN g_customers c ON c.id = o.customer_id
            JOIN g_lines l ON l.order_id = o.id JOIN g_products p ON p.sku = l.sku LEFT JOIN g_notes n ON n.line_id = l.id
            """);
        var expected = lines.Select(p => string.Create(
            CultureInfo.InvariantCulture, $"{p.Order.Code}|{p.Order.Customer?.Name ?? "-"}|{p.Line.Count}|{p.Line.Product!.Sku}|{p.Line.Id}|{p.Line.Notes?.First().Text ?? "-"}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal((3, 5), (await Database.CountAsync("g_customers"), await Database.CountAsync("g_products")));
    }

    [Fact]
    public async Task What_has_a_number_already_is_referred_to_and_not_inserted_again()
    {
        var customer = new Customer { Name = "known" };
        await Engine.InsertGraphAsync([customer], cancellationToken: Stop);
        var order = new Order { Code = "x", Customer = customer };
        await Engine.InsertGraphAsync([order], cancellationToken: Stop);
        order.Lines.Add(new OrderLine { Product = new Product { Sku = "s" } });
        var result = await Engine.InsertGraphAsync([order], cancellationToken: Stop);
        Assert.Equal(2, result.Inserted);
        Assert.Equal($"{order.Id}|{customer.Id}|1", (await Database.RunClientAsync("SELECT o.id, o.customer_id, count(*) FROM g_orders o JOIN g_lines l ON l.order_id = o.id GROUP BY 1, 2")).Trim());
    }

    [Fact]
    public async Task A_tree_of_one_table_goes_level_by_level()
    {
        var nodes = File.ReadLines(Repository.PathTo("samples", "data", "flare.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var made = nodes.ToDictionary(n => n.GetProperty("id").GetInt32(), n => new TreeNode { Name = n.GetProperty("name").GetString()! });
        foreach (var node in nodes.Where(n => n.TryGetProperty("parent", out _)))
            made[node.GetProperty("parent").GetInt32()].Children.Add(made[node.GetProperty("id").GetInt32()]);
        var result = await Engine.InsertGraphAsync([made[1]], cancellationToken: Stop);
        Assert.Equal(252, result.Inserted);
        var stored = await Database.RunClientAsync("SELECT c.name, p.name FROM g_nodes c JOIN g_nodes p ON p.id = c.parent_id");
        var expected = nodes.Where(n => n.TryGetProperty("parent", out _)).Select(n => n.GetProperty("name").GetString() + "|" + made[n.GetProperty("parent").GetInt32()].Name);
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_chain_of_any_length_is_possible()
    {
        var first = new TreeNode { Name = "0" };
        var last = first;
        for (var i = 1; i < 500; i++)
            last = new TreeNode { Name = i.ToString(CultureInfo.InvariantCulture), Parent = last };
        Assert.Equal(500, (await Engine.InsertGraphAsync([last], cancellationToken: Stop)).Inserted);
        Assert.Equal(499, await Database.ScalarAsync<long>("SELECT count(*) FROM g_nodes c JOIN g_nodes p ON p.id = c.parent_id"));
    }

    [Fact]
    public async Task Airports_and_their_routes_land_as_they_are_in_the_files()
    {
        var airports = Read("airports.csv").ToDictionary(f => f[0], f => new Airport { Iata = f[0], Name = f[1] });
        foreach (var route in Read("flights-airport.csv"))
            airports[route[0]].Departures.Add(new Route { To = airports[route[1]], Count = int.Parse(route[2], CultureInfo.InvariantCulture) });
        var result = await Engine.InsertGraphAsync(airports.Values, cancellationToken: Stop);
        Assert.Equal(3_376 + 5_366, result.Inserted);
        var stored = await Database.RunClientAsync("SELECT o.iata, o.name, d.iata, d.name, r.count FROM g_routes r JOIN g_airports o ON o.iata = r.origin JOIN g_airports d ON d.iata = r.destination");
        var expected = Read("flights-airport.csv").Select(r => $"{r[0]}|{airports[r[0]].Name}|{r[1]}|{airports[r[1]].Name}|{r[2]}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal("3376|5366", (await Database.RunClientAsync("SELECT (SELECT count(*) FROM g_airports), (SELECT count(*) FROM g_routes)")).Trim());

        // No field that is looked at here holds a comma within quotes.
        static IEnumerable<string[]> Read(string file) => File.ReadLines(Repository.PathTo("samples", "data", file)).Skip(1)
            .Select(line => line.Split(',')).Select(f => f.Select(v => v.Trim('"')).ToArray());
    }

    [Fact]
    public async Task A_circle_is_refused_with_the_way_around_it()
    {
        var one = new TreeNode { Name = "one" };
        var two = new TreeNode { Name = "two", Parent = one };
        one.Parent = two;
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.InsertGraphAsync([new TreeNode { Parent = two }], cancellationToken: Stop));
        Assert.Equal("SLU0141", refused.Code);
        Assert.Contains("TreeNode [0].Parent needs TreeNode [0].Parent.Parent needs TreeNode [0].Parent", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync("g_nodes"));
    }

    [Fact]
    public async Task A_child_in_two_lists_is_refused()
    {
        var line = new OrderLine { Product = new Product { Sku = "s" } };
        var refused = await Assert.ThrowsAsync<BulkPlanException>(
            () => Engine.InsertGraphAsync([new Order { Lines = { line } }, new Order { Lines = { line } }], cancellationToken: Stop));
        Assert.Equal("SLU0142", refused.Code);
        Assert.Contains("[0].Lines[0]", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync("g_orders"));
    }

    [Fact]
    public async Task A_refused_row_undoes_everything_and_is_known_by_the_way_to_it()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX g_lines_count ON g_lines (order_id, count)");
        var orders = Orders(20);
        orders[14].Lines[2].Count = 1;
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertGraphAsync(orders, cancellationToken: Stop));
        Assert.Equal(("[14].Lines[2]", "23505"), (refused.Location, refused.SqlState));
        foreach (var table in s_tables)
            Assert.Equal(0, await Database.CountAsync(table));
        Assert.All(orders, o => Assert.Equal(0, o.Id));

        orders[14].Lines[2].Count = 2;
        Assert.Equal(3 + 5 + 20 + 40 + 16, (await Engine.InsertGraphAsync(orders, cancellationToken: Stop)).Inserted);
    }

    [Fact]
    public async Task A_graph_that_fails_leaves_its_objects_as_they_were()
    {
        var kept = new Customer { Name = "kept" };
        await Engine.InsertAsync([kept], cancellationToken: TestContext.Current.CancellationToken);
        var order = new Order { Code = "o", Customer = new Customer { Name = "c" }, CustomerId = 77 };
        var line = new OrderLine { Sku = "none", Count = 1, OrderId = 99, Notes = [new LineNote { Text = null! }] };
        order.Lines.Add(line);
        await Assert.ThrowsAnyAsync<BulkException>(() => Engine.InsertGraphAsync([order], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((0L, (int?)77, 0, 99L, 0L, 0L), (order.Id, order.CustomerId, order.Customer.Id, line.OrderId, line.Id, line.Notes!.Single().LineId));
    }
}
