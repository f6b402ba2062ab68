using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>As an entity of somebody else's: not partial.</summary>
[Table("r_orders")]
public sealed class PlainOrder
{
    public long Id { get; set; }

    public int? CustomerId { get; set; }

    [ForeignKey(nameof(CustomerId))]
    public Customer? Customer { get; init; }

    public string Code { get; set; } = "";

    [ForeignKey(nameof(PlainLine.OrderId))]
    public ICollection<PlainLine> Lines { get; } = [];

    public HashSet<Tag> Tags { get; private set; } = [];

    public DateTime[] Days => [];
}

[Table("r_lines")]
public sealed class PlainLine
{
    [Key, Column(Order = 0)]
    public long OrderId { get; set; }

    [Key, Column(Order = 1)]
    public int No { get; set; }

    public string? Sku { get; set; }

    public int Quantity { get; set; }

    [ForeignKey("OrderId, LineNo")]
    public List<Note>? Notes { get; set; }
}

/// <summary>Relations of types that are not partial, found at run time.</summary>
public abstract class ReflectedRelationSpec(TestDatabase database) : RelatedReadingSpec(database)
{
    static readonly Table<PlainOrder> s_orders = Table.For<PlainOrder>();
    static readonly Table<PlainLine> s_lines = Table.For<PlainLine>();

    static SqlSelect All => Select(s_orders).From(s_orders).OrderBy(s_orders["id"]);

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task They_are_read_as_those_of_partial_types_are(IncludeStrategy loading)
    {
        var lines = s_orders.ToMany(x => x.Lines).OrderBy(s_lines["no"]).Include(s_lines.ToMany(x => x.Notes));
        var tags = s_orders.ToMany(x => x.Tags, through: OrderTag.Table);
        var tagLoading = loading is IncludeStrategy.Joined ? IncludeStrategy.SelectIn : loading;

        var read = await Engine.QueryAsync<PlainOrder>(All.Include(lines, loading).Include(s_orders.ToOne(x => x.Customer), loading).Include(tags, tagLoading), Stop);

        Assert.Equal(
            ShopRows.s_orders.Select(x => (x.Id, ShopRows.CustomerOf(x)?.Name, ShopRows.TagsOf(x).Count(), ShopRows.LinesOf(x).Select(y => (y.No, ShopRows.s_notes.Count(n => n.OrderId == x.Id && n.LineNo == y.No))))),
            read.Select(x => (x.Id, x.Customer?.Name, x.Tags.Count, x.Lines.Select(y => (y.No, y.Notes!.Count)))));
    }

    [Fact]
    public void What_is_not_known_says_what_was_looked_for()
    {
        var refused = Assert.Throws<BulkPlanException>(() => s_orders.ToMany(x => x.Tags));

        Assert.Equal("SLU0711", refused.Code);
        Assert.Contains("Tag.PlainOrderId", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => s_orders.ToMany(x => x.Tags.Where(y => y.Id > 1)));
    }
}
