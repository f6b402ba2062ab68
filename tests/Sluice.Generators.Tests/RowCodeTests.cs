using System.Collections;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Generators.Tests.Fakes;
using Sluice.Generators.Tests.Rows;
using Sluice.Rows;

namespace Sluice.Generators.Tests;

public sealed class RowCodeTests
{
    static readonly DateTimeOffset s_noon = new(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void A_struct_writes_its_values_in_order_and_by_type()
    {
        Assert.Equal(
            [new("Int64", 7L), new("DateTimeOffset", s_noon), new("Double", 1.5), new("Null", null)],
            Metric.Table.Write(new Metric(7, s_noon, 1.5, null)));
        Assert.Equal(new("DateTimeOffset", s_noon), Metric.Table.Write(new Metric(7, s_noon, 1.5, s_noon))[3]);
    }

    [Fact]
    public void Every_row_of_a_block_has_its_start_and_end()
    {
        var written = new List<Written>();
        var sink = new RecordingSink(written);
        Metric.Table.Rows.Write([default, default, default], ref sink);
        Assert.Equal(3, written.Count(w => w.Method == "BeginRow"));
        Assert.Equal(18, written.Count);
    }

    [Fact]
    public void A_struct_is_read_through_its_primary_constructor()
    {
        Assert.Equal(new Metric(7, s_noon, 1.5, null), Metric.Table.Read(7L, s_noon, 1.5, null));
        Assert.Equal(new Metric(7, s_noon, 1.5, s_noon), Metric.Table.Read(7L, s_noon, 1.5, s_noon));
    }

    [Fact]
    public void Every_type_is_written_by_its_own_method()
    {
        var row = MakeRow();
        Assert.Equal(
            [
                new("Boolean", true), new("Int64", -1L), new("Int64", 2L), new("Int64", -3L), new("Int64", 4L), new("Int64", -5L), new("Int64", 6L),
                new("Int64", -7L), new("UInt64", ulong.MaxValue), new("Single", 1.5f), new("Double", 2.5), new("Decimal", 3.5m), new("Span", "ß"),
                new("String", "text"), new("Guid", row.Guid), new("DateTime", row.DateTime), new("DateTimeOffset", s_noon),
                new("DateOnly", row.DateOnly), new("TimeOnly", row.TimeOnly), new("TimeSpan", row.TimeSpan), new("Bytes", "0102"), new("Bytes", "03"),
                new("Bytes", "04"), new("Enum", Level.High), new("Array of System.Int32", "1|2"),
                new("Array of System.Nullable`1[System.Int32]", "1|null"), new("Array of System.String", "a|null"),
                new($"Array of {typeof(Level)}", "Low|High"), new($"Array of {typeof(Level?)}", "Low|null"), new("Array of System.Byte[]", "01|02"),
                new("Array of System.Byte", "9"), new("String", """{"a":1}"""), new("String", "[2]"), new("String", "3"),
                new("String", """{"b":4}"""), new("Other", row.Address), new("Other", row.Addresses), new("Other", row.Big),
                new("Other", row.Bits), new("Other", row.Grid),
            ],
            EveryType.Table.Write(row));
    }

    [Fact]
    public void Every_type_is_read_back()
    {
        var row = MakeRow();
        var read = EveryType.Table.Read(
            true, (sbyte)-1, (byte)2, (short)-3, (ushort)4, -5, 6U, -7L, ulong.MaxValue, 1.5f, 2.5, 3.5m, 'ß', "text", row.Guid, row.DateTime, s_noon,
            row.DateOnly, row.TimeOnly, row.TimeSpan, new byte[] { 1, 2 }, new byte[] { 3 }, new byte[] { 4 }, (short)300, new[] { 1, 2 }, new int?[] { 1, null },
            new[] { "a", null }, new short[] { 1, 300 }, new short?[] { 1, null }, new byte[][] { [1], [2] }, new byte[] { 9 }, """{"a":1}""", "[2]", "3",
            """{"b":4}""", row.Address, row.Addresses, row.Big, row.Bits, row.Grid);
        Assert.Equal(EveryType.Table.Write(row), EveryType.Table.Write(read));
    }

    [Fact]
    public void Absent_values_are_written_and_read_as_null()
    {
        var none = new EveryNullable(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        Assert.All(EveryNullable.Table.Write(none), w => Assert.Equal(new("Null", null), w));
        Assert.Equal(none, EveryNullable.Table.Read(new object?[24]));
        Assert.All(EveryNullable.Table.Columns, c => Assert.True(c.IsNullable));
    }

    [Fact]
    public void Present_values_of_nullable_types_are_written_and_read_as_such()
    {
        var id = Guid.NewGuid();
        object?[] values =
        [
            true, (byte)1, 2, 3L, 4UL, 5f, 6d, 7m, 'c', "t", id, DateTime.UnixEpoch, s_noon, new DateOnly(2024, 2, 29), new TimeOnly(1, 2), TimeSpan.FromTicks(1),
            new byte[] { 1 }, new byte[] { 2 }, (short)1, new[] { 3 }, new long?[] { 4, null }, "5", "6", "7",
        ];
        var written = EveryNullable.Table.Write(EveryNullable.Table.Read(values));
        Assert.Equal(
            [
                "Boolean True", "Int64 1", "Int64 2", "Int64 3", "UInt64 4", "Single 5", "Double 6", "Decimal 7", "Span c", "String t", $"Guid {id}",
                $"DateTime {DateTime.UnixEpoch}", $"DateTimeOffset {s_noon}", $"DateOnly {new DateOnly(2024, 2, 29)}", $"TimeOnly {new TimeOnly(1, 2)}",
                $"TimeSpan {TimeSpan.FromTicks(1)}", "Bytes 01", "Bytes 02", "Enum Low", "Array of System.Int32 3",
                "Array of System.Nullable`1[System.Int64] 4|null", "String 5", "String 6", "String 7",
            ],
            written.Select(w => $"{w.Method} {w.Value}"));
    }

    [Fact]
    public void A_reference_that_is_null_against_its_annotation_is_written_as_null()
    {
        var row = MakeRow();
        row.Text = null!;
        row.Ints = null!;
        row.Document = null!;
        row.Element = default;
        row.Address = null!;
        Assert.Equal(5, EveryType.Table.Write(row).Count(w => w.Method == "Null"));
    }

    [Fact]
    public void A_null_row_is_refused_as_a_value()
    {
        var refusal = Assert.Throws<ValueException>(() => EveryType.Table.Write(null!));
        Assert.Equal("the row is null", refusal.Problem);
    }

    [Fact]
    public void A_row_is_read_through_its_constructor_and_then_its_properties()
    {
        var table = InheritedRow.Table;
        Assert.Equal(["created_at", "id", "title", "note"], table.Columns.Select(c => c.Name));
        var row = table.Read(s_noon, 4, "title", null);
        Assert.Equal((s_noon, 4, "title", (string?)null), (row.CreatedAt, row.Id, row.Title, row.Note));
    }

    [Fact]
    public void Rows_find_their_generated_table_without_being_told()
    {
        Assert.Same(Metric.Table, Table.For<Metric>());
        Assert.Same(GlobalRow.Table, Table.For<GlobalRow>());
        Assert.Same(Outer.IMiddle.Nested.Table, Table.For<Outer.IMiddle.Nested>());
        Assert.Same(Outer.NestedValue.Table, Table.For<Outer.NestedValue>());
    }

    [Fact]
    public void Writing_a_block_of_structs_allocates_nothing()
    {
        var rows = new Metric[1_000];
        var sink = default(CountingSink);
        Metric.Table.Rows.Write(rows, ref sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Metric.Table.Rows.Write(rows, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(8_000, sink.Values);
    }

    internal static EveryType MakeRow() => new()
    {
        Bool = true, SByte = -1, Byte = 2, Short = -3, UShort = 4, Int = -5, UInt = 6, Long = -7, ULong = ulong.MaxValue,
        Float = 1.5f, Double = 2.5, Decimal = 3.5m, Char = 'ß', Text = "text", Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime = DateTime.UnixEpoch, DateTimeOffset = s_noon, DateOnly = new(2024, 2, 29), TimeOnly = new(23, 59), TimeSpan = TimeSpan.FromDays(-1),
        Bytes = [1, 2], Memory = new byte[] { 3 }, Writable = new byte[] { 4 }, Level = Level.High, Ints = [1, 2], MaybeInts = [1, null],
        Texts = ["a", null], Levels = [Level.Low, Level.High], MaybeLevels = [Level.Low, null], Blobs = [[1], [2]], ByteList = [9],
        Document = JsonDocument.Parse("""{"a":1}"""), Element = JsonElement.Parse("[2]"), Node = JsonNode.Parse("3")!,
        Object = new JsonObject { ["b"] = 4 }, Address = IPAddress.Loopback, Addresses = [IPAddress.Any], Big = BigInteger.One,
        Bits = new BitArray(3), Grid = new int[1, 1],
    };
}
