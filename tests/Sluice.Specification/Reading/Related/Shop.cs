using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Reading.Related;

[Table("r_customers")]
public sealed partial class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public IReadOnlyList<Order> Orders { get; init; } = [];

    [InverseProperty(nameof(Related.Profile.Customer))]
    public Profile? Profile { get; private set; }
}

/// <summary>One for a customer: its key is the customer's.</summary>
[Table("r_profiles")]
public sealed partial class Profile
{
    [Key]
    public int CustomerId { get; set; }

    [ForeignKey(nameof(CustomerId))]
    public Customer? Customer { get; set; }

    public string Text { get; set; } = "";
}

[Table("r_orders")]
public sealed partial class Order
{
    public long Id { get; set; }

    public int? CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public string Code { get; set; } = "";

    public List<Line> Lines { get; set; } = null!;

    public ICollection<Tag> Tags { get; } = new List<Tag>();
}

/// <summary>Its key has two columns, one of them the order's.</summary>
[Table("r_lines")]
public sealed partial class Line
{
    [Key, Column(Order = 0)]
    public long OrderId { get; set; }

    [Key, Column(Order = 1)]
    public int No { get; set; }

    [ForeignKey(nameof(OrderId))]
    public Order? Order { get; set; }

    public string? Sku { get; set; }

    [ForeignKey(nameof(Sku))]
    public Product? Product { get; set; }

    public int Quantity { get; set; }

    [ForeignKey("OrderId, LineNo")]
    public Note[] Notes { get; set; } = [];
}

[Table("r_products")]
public sealed partial class Product
{
    [Key]
    public string Sku { get; set; } = "";

    public decimal Price { get; set; }
}

[Table("r_notes")]
public sealed partial class Note
{
    public int Id { get; set; }

    public long OrderId { get; set; }

    public int LineNo { get; set; }

    [ForeignKey("OrderId, LineNo")]
    public Line? Line { get; set; }

    public string Text { get; set; } = "";
}

[Table("r_tags")]
public sealed partial class Tag
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public HashSet<Order> Orders { get; set; } = [];
}

[Table("r_order_tags")]
public sealed partial class OrderTag
{
    [Key, Column(Order = 0)]
    public long OrderId { get; set; }

    [Key, Column(Order = 1)]
    public int TagId { get; set; }

    [ForeignKey(nameof(OrderId))]
    public Order? Order { get; set; }

    [ForeignKey(nameof(TagId))]
    public Tag? Tag { get; set; }
}

/// <summary>A tree whose rows refer to others of their own.</summary>
[Table("r_nodes")]
public sealed partial class Node
{
    public long Id { get; set; }

    public long? ParentId { get; set; }

    [ForeignKey(nameof(ParentId))]
    public Node? Parent { get; set; }

    public List<Node> Children { get; set; } = [];
}
