using System.Globalization;

namespace Sluice.Specification.Reading.Related;

/// <summary>The shop's rows, and what an order with all that belongs to it looks like as text: computed here by loops, to compare with.</summary>
static class ShopRows
{
    internal const int Orders = 60;

    internal static readonly Customer[] s_customers = [.. Enumerable.Range(1, 7).Select(i => new Customer { Id = i, Name = "customer " + Text(i) })];

    // Not everybody has one.
    internal static readonly Profile[] s_profiles = [.. Enumerable.Range(1, 7).Where(i => i % 2 == 1).Select(i => new Profile { CustomerId = i, Text = "profile " + Text(i) })];

    // Every fourth order is nobody's, and customer 7 has none.
    internal static readonly Order[] s_orders =
        [.. Enumerable.Range(1, Orders).Select(i => new Order { Id = i, CustomerId = i % 4 == 0 ? null : 1 + i % 6, Code = "code " + Text(i % 10) })];

    // Order 1 has one line, order 2 two, and order 5 none.
    internal static readonly Line[] s_lines =
        [.. from o in s_orders from no in Enumerable.Range(1, (int)(o.Id % 5)) select new Line { OrderId = o.Id, No = no, Sku = no == 3 ? null : "sku'" + Text((int)(o.Id + no) % 9), Quantity = no * (int)o.Id }];

    internal static readonly Product[] s_products = [.. Enumerable.Range(0, 9).Select(i => new Product { Sku = "sku'" + Text(i), Price = i * 1.25m })];

    internal static readonly Note[] s_notes =
        [.. s_lines.Where(l => l.No % 2 == 0).Index().Select(l => new Note { Id = l.Index + 1, OrderId = l.Item.OrderId, LineNo = l.Item.No, Text = "note " + Text(l.Index) })];

    internal static readonly Tag[] s_tags = [.. Enumerable.Range(1, 4).Select(i => new Tag { Id = i, Name = "tag " + Text(i) })];

    internal static readonly OrderTag[] s_orderTags =
        [.. from o in s_orders from t in s_tags where o.Id % t.Id == 0 && o.Id % 7 != 0 select new OrderTag { OrderId = o.Id, TagId = t.Id }];

    internal static readonly Node[] s_nodes = [.. Enumerable.Range(1, 40).Select(i => new Node { Id = i, ParentId = i == 1 ? null : i / 2 })];

    internal static IEnumerable<Line> LinesOf(Order order) => s_lines.Where(l => l.OrderId == order.Id);

    internal static IEnumerable<Tag> TagsOf(Order order) => s_orderTags.Where(t => t.OrderId == order.Id).Select(t => s_tags[t.TagId - 1]);

    internal static Customer? CustomerOf(Order order) => order.CustomerId is { } id ? s_customers[id - 1] : null;

    /// <summary>The lines of orders as text, the last first.</summary>
    internal static string Expected(Order order) => Write(order, CustomerOf(order), LinesOf(order).Reverse(), TagsOf(order).Reverse(), l => s_products.FirstOrDefault(p => p.Sku == l.Sku));

    /// <summary>The same of what was read.</summary>
    internal static string Found(Order order) => Write(order, order.Customer, order.Lines, order.Tags, l => l.Product);

    static string Write(Order order, Customer? customer, IEnumerable<Line> lines, IEnumerable<Tag> tags, Func<Line, Product?> product) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.Id} {order.Code} of {customer?.Name ?? "nobody"}: {string.Join(", ", lines.Select(l => $"{l.No} {l.Quantity} x {product(l)?.Price.ToString("0.00", CultureInfo.InvariantCulture) ?? "?"}"))}; {string.Join(", ", tags.Select(t => t.Name))}");

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
