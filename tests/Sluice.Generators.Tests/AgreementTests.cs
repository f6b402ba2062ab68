using Sluice.Generators.Tests.Fakes;
using Sluice.Generators.Tests.Rows;

namespace Sluice.Generators.Tests;

/// <summary>The generator and the core's reflection follow the same rules.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Generated_and_reflected_tables_are_described_alike()
    {
        Agree<Metric>();
        Agree<EveryType>();
        Agree<EveryNullable>();
        Agree<GlobalRow>();
        Agree<Outer.IMiddle.Nested>();
        Agree<Outer.NestedValue>();
        Agree<Collisions>();
        Agree<InheritedRow>();
        Agree<DescribedRow>();
        Agree<Customer>();
        Agree<CustomerOrder>();
        Agree<WithParameters>();
        Agree<DriverTypes>();
        Agree<Constrained>();
        Agree<ConstrainedByLongNames>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reflected_struct_is_written_and_read_as_the_generated_one(bool compiled)
    {
        var table = ReflectedTable.Describe<Metric>(compiled);
        var row = new Metric(1, DateTimeOffset.UnixEpoch, 2.5, null);
        Assert.Equal(Metric.Table.Write(row), table.Write(row));
        Assert.Equal(row, table.Read(1L, DateTimeOffset.UnixEpoch, 2.5, null));
        Assert.Equal(row with { UpdatedAt = DateTimeOffset.UnixEpoch }, table.Read(1L, DateTimeOffset.UnixEpoch, 2.5, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Compiled_reflection_writes_every_type_as_generated_code_does()
    {
        var row = RowCodeTests.MakeRow();
        var table = ReflectedTable.Describe<EveryType>(compiled: true);
        Assert.Equal(EveryType.Table.Write(row), table.Write(row));
        row.Text = null!;
        row.Bytes = null!;
        row.Ints = null!;
        row.Texts = null!;
        row.Document = null!;
        row.Node = null!;
        row.Element = default;
        row.Address = null!;
        Assert.Equal(EveryType.Table.Write(row), table.Write(row));
    }

    [Fact]
    public void Compiled_reflection_reads_every_type_as_generated_code_does()
    {
        var row = RowCodeTests.MakeRow();
        var read = ReflectedTable.Describe<EveryType>(compiled: true).Read(
            true, (sbyte)-1, (byte)2, (short)-3, (ushort)4, -5, 6U, -7L, ulong.MaxValue, 1.5f, 2.5, 3.5m, 'ß', "text", row.Guid, row.DateTime,
            row.DateTimeOffset, row.DateOnly, row.TimeOnly, row.TimeSpan, new byte[] { 1, 2 }, new byte[] { 3 }, new byte[] { 4 }, (short)300,
            new[] { 1, 2 }, new int?[] { 1, null }, new[] { "a", null }, new short[] { 1, 300 }, new short?[] { 1, null }, new byte[][] { [1], [2] },
            new byte[] { 9 }, """{"a":1}""", "[2]", "3", """{"b":4}""", row.Address, row.Addresses, row.Big, row.Bits, row.Grid);
        Assert.Equal(EveryType.Table.Write(row), EveryType.Table.Write(read));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reflection_writes_and_reads_absent_values_as_null(bool compiled)
    {
        var table = ReflectedTable.Describe<EveryNullable>(compiled);
        var none = table.Read(new object?[24]);
        Assert.Equal(EveryNullable.Table.Read(new object?[24]), none);
        Assert.All(table.Write(none), w => Assert.Equal("Null", w.Method));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reflection_reads_through_the_constructor_and_then_the_properties(bool compiled)
    {
        var row = ReflectedTable.Describe<InheritedRow>(compiled).Read(DateTimeOffset.UnixEpoch, 4, "title", null);
        Assert.Equal((DateTimeOffset.UnixEpoch, 4, "title", (string?)null), (row.CreatedAt, row.Id, row.Title, row.Note));
        var value = ReflectedTable.Describe<GlobalRow>(compiled).Read(7);
        Assert.Equal(7, value.Id);
    }

    [Fact]
    public void A_drivers_own_types_are_left_to_the_driver()
    {
        var span = new NpgsqlTypes.Span(1, 2);
        var row = new DriverTypes(1, span, null, [span]);
        var written = DriverTypes.Table.Write(row);
        Assert.Equal([new("Int64", 1L), new("Other", span), new("Null", null), new("Other", row.Spans)], written);
        foreach (var compiled in new[] { true, false })
        {
            var table = ReflectedTable.Describe<DriverTypes>(compiled);
            Assert.Equal(written, table.Write(row));
        }
        Assert.Equal(row, DriverTypes.Table.Read(1, span, null, row.Spans));
    }

    static void Agree<T>()
    {
        var generated = Table.For<T>();
        foreach (var compiled in new[] { true, false })
        {
            var reflected = ReflectedTable.Describe<T>(compiled);
            Assert.NotSame(generated, reflected);
            Assert.Equal(generated.Describe(), reflected.Describe());
            Assert.Equal(generated.Rows.Describe(), reflected.Rows.Describe());
        }
    }
}
