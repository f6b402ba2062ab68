using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Rows;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Schema;

public sealed class ReflectedTableTests
{
    [Fact]
    public void A_plain_class_is_a_table_named_for_it()
    {
        var table = Table.For<PlainReading>();
        Assert.Equal("plain_reading", table.QualifiedName);
        Assert.Equal(["id", "sensor_name", "value", "taken_at"], table.Columns.Select(c => c.Name));
        Assert.Equal(["id"], table.PrimaryKey.Select(c => c.Name));
        Assert.Equal([false, false, true, false], table.Columns.Select(c => c.IsNullable));
        Assert.Equal(typeof(double), table.Columns[2].ClrType);
        Assert.Equal("PlainReading.SensorName", table.Rows.Fields[1].Origin);
    }

    [Fact]
    public void A_table_is_described_once()
    {
        Assert.Same(Table.For<PlainReading>(), Table.For<PlainReading>());
    }

    [Fact]
    public void A_reflected_row_is_written_without_boxing()
    {
        var rows = new ValueReading[1_000];
        var table = Table.For<ValueReading>();
        var sink = default(CountingSink);
        table.Rows.Write(rows, ref sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        table.Rows.Write(rows, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(8_000, sink.Values);
    }

    [Fact]
    public void An_anonymous_type_is_a_row_type()
    {
        var table = TableOf(new { Id = 1, Name = "one" });
        Assert.Equal(["id", "name"], table.Columns.Select(c => c.Name));

        static Table<T> TableOf<T>(T row) => Table.For<T>();
    }

    [Fact]
    public void A_property_that_no_column_holds_is_named_with_the_remedy()
    {
        var refusal = Assert.Throws<BulkPlanException>(Table.For<Unmappable>);
        Assert.StartsWith("'Unmappable.Any' is a Object, which no column of 'unmappable' holds. Exclude it with [NotMapped]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_with_nothing_to_map_is_refused() => Assert.Throws<BulkPlanException>(Table.For<Nothing>);

    [Fact]
    public void Two_properties_of_one_column_are_refused() => Assert.Throws<ArgumentException>(Table.For<Twins>);

    [Fact]
    public void A_key_that_is_not_mapped_is_refused()
    {
        Assert.Contains("'HiddenKey.Id' is both [Key] and [NotMapped]", Assert.Throws<BulkPlanException>(Table.For<HiddenKey>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_key_to_nothing_is_refused()
    {
        Assert.Contains("'Owned.OwnerId' names 'Owner'", Assert.Throws<BulkPlanException>(Table.For<Owned>).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_type_without_a_usable_constructor_is_written_but_not_read(bool compiled)
    {
        var table = ReflectedTable.Describe<Service>(compiled);
        var sink = default(CountingSink);
        table.Rows.Write([new Service("connection")], ref sink);
        Assert.Equal(1, sink.Values);
        var reader = default(NullReader);
        Assert.Contains("'Service' has no public constructor", Assert.Throws<BulkPlanException>(() => Read(table, ref reader)).Message, StringComparison.Ordinal);

        static Service Read(Table<Service> table, ref NullReader reader) => table.Rows.Read(ref reader);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_null_row_is_refused_as_a_value(bool compiled)
    {
        var table = ReflectedTable.Describe<PlainReading>(compiled);
        Assert.Throws<ValueException>(() =>
        {
            var sink = default(CountingSink);
            table.Rows.Write([null!], ref sink);
        });
    }

    sealed class PlainReading
    {
        public int Id { get; set; }

        public string SensorName { get; set; } = "";

        public double? Value { get; set; }

        public DateTimeOffset TakenAt { get; set; }

        public string Label => SensorName + Id;
    }

    readonly record struct ValueReading(long Id, double Value, int? Count, DateTimeOffset? At);

    sealed class Unmappable
    {
        public int Id { get; set; }

        public object? Any { get; set; }
    }

    sealed class Nothing
    {
        [NotMapped]
        public int Id { get; set; }
    }

    sealed class Twins
    {
        [Column("x")]
        public int A { get; set; }

        [Column("x")]
        public int B { get; set; }
    }

    sealed class HiddenKey
    {
        [Key, NotMapped]
        public int Id { get; set; }

        public int Other { get; set; }
    }

    sealed class Owned
    {
        [ForeignKey("Owner")]
        public int OwnerId { get; set; }
    }

    sealed class Service(string connection)
    {
        public int Id { get; set; }

        internal string Connection => connection;
    }
}
