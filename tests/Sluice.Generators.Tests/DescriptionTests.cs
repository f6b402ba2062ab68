using Sluice.Generators.Tests.Rows;

namespace Sluice.Generators.Tests;

public sealed class DescriptionTests
{
    [Fact]
    public void A_table_has_its_name_schema_and_composite_key()
    {
        Assert.Equal("telemetry.metrics", Metric.Table.QualifiedName);
        Assert.Equal([Metric.Table.DeviceId, Metric.Table.Timestamp], Metric.Table.PrimaryKey);
        Assert.Equal(("Metric.DeviceId", false), (Metric.Table.Rows.Fields[0].Origin, Metric.Table.Rows.Fields[0].IsNullable));
    }

    [Fact]
    public void A_column_is_of_the_type_without_null()
    {
        Column<DateTimeOffset> updatedAt = Metric.Table.UpdatedAt;
        Assert.True(updatedAt.IsNullable);
        Assert.False(Metric.Table.Value.IsNullable);
        Assert.Equal("updated_at", updatedAt.Name);
    }

    [Fact]
    public void Attributes_name_order_limit_and_generate_columns()
    {
        var t = DescribedRow.Table;
        Assert.Equal<Column>([t.First, t.Second], t.PrimaryKey);
        Assert.Equal("1st", t.First.Name);
        Assert.Equal(("xml_value", SqlType.VarChar(20), true), (t.XMLValue.Name, t.XMLValue.Description.Type, t.XMLValue.IsNullable));
        Assert.Equal(("device_id", SqlType.VarChar(30), false), (t.DeviceID.Name, t.DeviceID.Description.Type, t.DeviceID.IsNullable));
        Assert.Equal(SqlType.Decimal(10, 2), t.Price.Description.Type);
        Assert.Equal(("kind", SqlType.VarChar(12)), (t.Value2.Name, t.Value2.Description.Type));
        Assert.Equal(("citext", SqlTypeKind.Text), (t.Email.Description.Type.StoreName, t.Email.Description.Type.Kind));
        Assert.Equal((Generated.ByDefault, Generated.Computed), (t.Number.Generated, t.Total.Generated));
        Assert.Equal(["number", "total"], t.Rows.Fields.Where(f => f.IsGenerated).Select(f => f.Name));
    }

    [Fact]
    public void A_key_is_found_by_its_name()
    {
        Assert.Equal([GlobalRow.Table.Id], GlobalRow.Table.PrimaryKey);
        Assert.Equal([Outer.NestedValue.Table.NestedValueId], Outer.NestedValue.Table.PrimaryKey);
        Assert.Empty(EveryType.Table.PrimaryKey);
    }

    [Fact]
    public void Navigations_are_no_columns_and_make_foreign_keys()
    {
        Assert.Equal(["customer_id"], Customer.Table.Columns.Select(c => c.Name));
        Assert.Equal(["id", "customer_id", "payer_id"], CustomerOrder.Table.Columns.Select(c => c.Name));
        Assert.Equal(
            ["customer_id -> sales.customers.customer_id", "payer_id -> sales.customers.customer_id"],
            CustomerOrder.Table.ForeignKeys.Select(f => $"{Assert.Single(f.Columns)} -> {f.ReferencedTable}.{Assert.Single(f.ReferencedColumns)}"));
    }

    [Fact]
    public void Columns_named_as_members_of_the_table_hide_them_and_no_more()
    {
        Assert.Equal("name", Collisions.Table.Name.Name);
        Assert.Equal("collisions", ((Table)Collisions.Table).Name);
        Assert.Equal(7, ((Table)Collisions.Table).Columns.Count);
    }

    [Fact]
    public void Attributes_on_a_records_parameters_count()
    {
        Assert.Equal(SqlType.VarChar(8), WithParameters.Table.Code.Type);
        Assert.False(((Table)WithParameters.Table).Columns[1].IsNullable);
    }
}
