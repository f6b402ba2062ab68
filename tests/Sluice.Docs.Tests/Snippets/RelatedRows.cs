using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Docs.Tests.Snippets;

// docs: related-rows
[Table("orders")]
public sealed partial class Order
{
    public long Id { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }                 // by CustomerId

    public List<OrderLine> Lines { get; set; } = [];        // by OrderLine.OrderId

    public List<Label> Labels { get; set; } = [];           // by a table between both
}

[Table("order_lines")]
public sealed partial class OrderLine
{
    [Key]
    public long Id { get; set; }

    public long OrderId { get; set; }

    public int Quantity { get; set; }

    public string Sku { get; set; } = "";

    [ForeignKey(nameof(Sku))]
    public Product? Product { get; set; }
}
// end

[Table("customers")]
public sealed partial class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}

[Table("products")]
public sealed partial class Product
{
    [Key]
    public string Sku { get; set; } = "";

    public decimal Price { get; set; }
}

[Table("labels")]
public sealed partial class Label
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

// docs: related-association
[Table("order_labels")]
public sealed partial class OrderLabel
{
    [Key, Column(Order = 0)]
    public long OrderId { get; set; }

    [Key, Column(Order = 1)]
    public int LabelId { get; set; }

    [ForeignKey(nameof(OrderId))]
    public Order? Order { get; set; }

    [ForeignKey(nameof(LabelId))]
    public Label? Label { get; set; }
}
// end
