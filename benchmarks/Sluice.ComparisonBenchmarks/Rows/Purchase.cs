using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.ComparisonBenchmarks.Rows;

/// <summary>A row with five others that belong to it.</summary>
[Table("purchases")]
public sealed partial class Purchase
{
    public const int ItemsOfEach = 5;

    [Key]
    public long Id { get; set; }

    public int Customer { get; set; }

    public string Code { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public List<PurchaseItem> Items { get; set; } = [];

    /// <summary>The row at a 0-based position, without its items.</summary>
    public static Purchase Of(int position)
    {
        var metric = Metric.At(position);
        return new Purchase { Id = position + 1, Customer = position % 1_000, Code = metric.Label, At = metric.Ts };
    }

    /// <summary>A sum over the row and its items, to prove that all was read.</summary>
    public long Digest()
    {
        var sum = Id * 31 + Customer + Code[^1] + At.UtcTicks / 10_000_000 + Items.Count;
        foreach (var item in Items)
            sum += item.Digest() + (item.PurchaseId == Id ? 0 : 1);
        return sum;
    }
}

/// <summary>A row that belongs to another one.</summary>
[Table("purchase_items")]
public sealed partial class PurchaseItem
{
    [Key]
    public long Id { get; set; }

    public long PurchaseId { get; set; }

    public string Sku { get; set; } = "";

    public int Quantity { get; set; }

    public double Price { get; set; }

    public static PurchaseItem Of(int purchase, int position)
    {
        var number = (long)purchase * Purchase.ItemsOfEach + position;
        var metric = Metric.At(number);
        return new PurchaseItem { Id = number + 1, PurchaseId = purchase + 1, Sku = metric.Label, Quantity = metric.Status, Price = metric.Value };
    }

    public long Digest() => Id * 7 + PurchaseId + Sku[^1] + Quantity * 3L + (long)(Price * 100);
}
