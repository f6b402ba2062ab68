using Sluice.Planning;
using Sluice.Rows;
using Sluice.Tests.Loads;

namespace Sluice.Tests.Planning;

public sealed class FieldMatchTests
{
    static readonly Table s_orders = new(
        "orders",
        "sales",
        [
            new Column<long>("id", SqlType.BigInt) { Generated = Generated.ByDefault },
            new Column<string>("order_no", SqlType.Text),
            new Column<decimal>("price", SqlType.Numeric),
            new Column<DateTimeOffset>("placed_at", SqlType.TimestampTz) { Default = "now()" },
            new Column<string>("note", SqlType.Text) { IsNullable = true },
            new Column<decimal>("total", SqlType.Numeric) { Generated = Generated.Computed },
        ],
        [0]);

    static PlanRequest Request(params string[] fields) => new("a file", [.. fields.Select(f => new RowField(f, typeof(string)))], s_orders, BulkOptions.Default);

    [Fact]
    public void Fields_find_their_columns_in_the_order_of_the_source()
    {
        var columns = FieldMatch.ForInsert(Request("note", "price", "order_no"), out var leftOut);

        Assert.Equal([("note", 0), ("price", 1), ("order_no", 2)], columns.Select(c => (c.Target.Name, c.FieldIndex)));
        Assert.Empty(leftOut);
    }

    [Fact]
    public void Every_unknown_field_is_told_at_once_with_what_it_may_mean()
    {
        var failure = Assert.Throws<BulkPlanException>(() => FieldMatch.ForInsert(Request("ordr_no", "prise", "quantity", "note"), out _));

        Assert.Equal("SLU0103", failure.Code);
        Assert.Contains("'ordr_no' (closest: 'order_no'), 'prise' (closest: 'price'), 'quantity', which a file supplies", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'id', 'order_no', 'price', 'placed_at', 'note', 'total'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_column_that_lacks_a_value_is_told_at_once()
    {
        var failure = Assert.Throws<BulkPlanException>(() => FieldMatch.ForInsert(Request("note"), out _));

        Assert.Equal("SLU0105", failure.Code);
        Assert.Contains("needs a value for 'order_no', 'price' (NOT NULL, no default)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_for_a_computed_column_is_refused() =>
        Assert.Equal("SLU0106", Assert.Throws<BulkPlanException>(() => FieldMatch.ForInsert(Request("order_no", "price", "total"), out _)).Code);

    [Fact]
    public void A_column_with_two_fields_is_refused() =>
        Assert.Equal("SLU0109", Assert.Throws<BulkPlanException>(() => FieldMatch.ForInsert(Request("order_no", "price", "price"), out _)).Code);

    [Fact]
    public void A_field_that_the_database_supplies_is_left_out_and_said_so()
    {
        var request = new PlanRequest(
            "orders", [new("id", typeof(long)) { IsGenerated = true, Origin = "Order.Id" }, new("order_no", typeof(string)), new("price", typeof(decimal))], s_orders, BulkOptions.Default);

        var columns = FieldMatch.ForInsert(request, out var leftOut);

        Assert.Equal(["order_no", "price"], columns.Select(c => c.Target.Name));
        Assert.Equal([1, 2], columns.Select(c => c.FieldIndex));
        Assert.Equal(["Order.Id: the database supplies it"], leftOut);
    }

    [Fact]
    public void Rows_are_ordered_by_key_only_where_they_bring_it()
    {
        var without = Request("order_no", "price");
        var with = Request("id", "order_no", "price");
        Assert.Equal(RowOrder.AsGiven, FieldMatch.Order(without, FieldMatch.ForInsert(without, out _)));
        Assert.Equal(RowOrder.ByKey, FieldMatch.Order(with, FieldMatch.ForInsert(with, out _)));
        var asGiven = with with { Options = new BulkOptions { Order = RowOrder.AsGiven } };
        Assert.Equal(RowOrder.AsGiven, FieldMatch.Order(asGiven, FieldMatch.ForInsert(asGiven, out _)));
    }

    [Fact]
    public void A_plan_prints_what_is_done_how_and_why()
    {
        var request = new PlanRequest(
            "orders.csv", [new("id", typeof(long)), new("order_no", typeof(string)) { Origin = "Order.No" }, new("price", typeof(decimal))], s_orders, BulkOptions.Default);
        var columns = FieldMatch.ForInsert(request, out _);
        var plan = new BulkPlan
        {
            Operation = "insert",
            Source = request.Source,
            Table = s_orders,
            Columns = columns,
            LeftOut = ["extra: nothing asks for it"],
            Path = new NamedPath("binary COPY"),
            Reason = "every column's type has an encoder",
            Rendered = [new RenderedStatement("COPY sales.orders FROM STDIN", [])],
            ChunkSize = ChunkSize.Fixed(5_000),
            Commit = CommitPolicy.PerChunk,
            Order = RowOrder.ByKey,
        };

        Assert.Equal(
            """
            operation  insert orders.csv into sales.orders
            path       binary COPY: every column's type has an encoder
            chunk      5,000 rows, commit each chunk
            order      by key (id)
            column     id -> id bigint
            column     Order.No -> order_no text
            column     price -> price numeric
            left out   extra: nothing asks for it
            statement  COPY sales.orders FROM STDIN

            """,
            plan.ToString());
        Assert.Contains("chunk      1 rows, commit all at once\norder      as given\n", (plan with { ChunkSize = ChunkSize.Fixed(1), Commit = CommitPolicy.Atomic, Order = RowOrder.AsGiven }).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void A_chunk_size_within_its_bounds_is_kept(int rows) => Assert.Equal(rows, ChunkSize.Fixed(rows).Rows);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_chunk_size_out_of_its_bounds_is_refused(int rows) => Assert.Throws<ArgumentOutOfRangeException>(() => ChunkSize.Fixed(rows));
}
