using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice;

#pragma warning disable MA0047, CA1050 // A row type in the global namespace is one of the shapes.
[RowOf("global_rows")]
public partial struct GlobalRow
{
    public int Id { get; set; }
}
#pragma warning restore MA0047, CA1050

namespace NpgsqlTypes
{
    // Stands in for a driver's own type.
    public readonly record struct Span(int From, int To);
}

namespace Sluice.Generators.Tests.Rows
{
    public static partial class Outer
    {
        internal partial interface IMiddle
        {
            [Table("nested_rows")]
            internal partial record Nested(int Id, string? Name);
        }

        [RowOf("nested_values")]
        public partial record struct NestedValue(int NestedValueId, int @class);
    }

    // Properties named as members of the table itself.
    [Table("collisions")]
    public partial record Collisions(int Id, string Name, string Schema, int Columns, int Rows, int PrimaryKey, int Traits);

    public abstract class Audited
    {
        public DateTimeOffset CreatedAt { get; init; }

        public virtual string? Note { get; init; }
    }

    [Table("inherited_rows")]
    public partial class InheritedRow(int id) : Audited
    {
        public int Id { get; } = id;

        public required string Title { get; init; }

        public override string? Note { get; init; }

        public string Shout => Title + "!";

        [NotMapped]
        public object? Tag { get; set; }

        public int this[int index] => index;
    }

    [Table("described_rows")]
    public partial class DescribedRow
    {
        [Column(Order = 2)]
        [Key]
        public int Second { get; set; }

        [Key, Column("1st", Order = 1)]
        public int First { get; set; }

        [MaxLength(20)]
        public string? XMLValue { get; set; }

        [StringLength(30), Required]
        public string? DeviceID { get; set; }

        [Column(TypeName = "numeric(10,2)")]
        public decimal Price { get; set; }

        [Column("kind", TypeName = "varchar(12)")]
        public string Value2 { get; set; } = "";

        [Column(TypeName = "citext")]
        public string? Email { get; set; }

        [DatabaseGenerated(DatabaseGeneratedOption.Identity)]
        public long Number { get; set; }

        [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
        public decimal Total { get; set; }
    }

    [Table("customers", Schema = "sales")]
    public partial class Customer
    {
        public int CustomerId { get; set; }

        public List<CustomerOrder> Orders { get; } = [];
    }

    [Table("customer_orders")]
    public partial class CustomerOrder
    {
        public long Id { get; set; }

        [ForeignKey(nameof(Customer))]
        public int CustomerId { get; set; }

        public Customer? Customer { get; set; }

        public int PayerId { get; set; }

        [ForeignKey(nameof(PayerId))]
        public Customer? Payer { get; set; }

        public ICollection<Customer> Watchers { get; } = [];
    }

    [Table("driver_types")]
    public partial record DriverTypes(int Id, NpgsqlTypes.Span Span, NpgsqlTypes.Span? Maybe, NpgsqlTypes.Span[] Spans);

    [Table("parameters")]
    public partial record WithParameters([MaxLength(8)] string Code, [Required] string? Name);
}
