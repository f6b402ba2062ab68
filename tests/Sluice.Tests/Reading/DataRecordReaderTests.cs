using System.Data;
using Sluice.Reading;

namespace Sluice.Tests.Reading;

public sealed class DataRecordReaderTests
{
    [Fact]
    public void Whole_numbers_widen_and_narrow()
    {
        Assert.Equal(5L, Get<long>((short)5));
        Assert.Equal(5, Get<int>(5L));
        Assert.Equal((short)-5, Get<short>(-5L));
        Assert.Equal((byte)255, Get<byte>(255));
        Assert.Equal((sbyte)-1, Get<sbyte>(-1L));
        Assert.Equal((ushort)7, Get<ushort>(7));
        Assert.Equal(uint.MaxValue, Get<uint>((long)uint.MaxValue));
        Assert.Equal(ulong.MaxValue, Get<ulong>((decimal)ulong.MaxValue));
        Assert.Equal(3, Get<int>(3m));
        Assert.Equal(4L, Get<long>(4.0));
        Assert.Equal(8m, Get<decimal>(8));
        Assert.True(Get<bool>(1L));
        Assert.False(Get<bool>(0L));
    }

    [Fact]
    public void Fractions_convert_where_they_come_back_the_same()
    {
        Assert.Equal(0.1, Get<double>(0.1m));
        Assert.Equal(0.1f, Get<float>(0.1m));
        Assert.Equal(0.30000000000000004m, Get<decimal>(0.1 + 0.2));
        Assert.Equal(9007199254740991d, Get<double>(9007199254740991L));
        Assert.Equal(9007199254740991d, Get<double>(9007199254740991m));
        Assert.Equal(0.5f, Get<float>(0.5));
        Assert.Equal(12.50m, Get<decimal>("12.50"));
        Assert.Equal(double.NaN, Get<float>(double.NaN));
    }

    [Fact]
    public void A_number_that_does_not_fit_is_refused_with_its_column()
    {
        Assert.Equal(
            "Column 'x' has a value of type Int64, which Int32 cannot hold without loss. Read it as Int64.",
            Assert.Throws<OverflowException>(() => Get<int>(1L << 31)).Message);
        Assert.Throws<OverflowException>(() => Get<uint>(-1L));
        Assert.Throws<OverflowException>(() => Get<ulong>(-1));
        Assert.Throws<OverflowException>(() => Get<byte>(256));
        Assert.Throws<OverflowException>(() => Get<double>(9007199254740993L));
        Assert.Throws<OverflowException>(() => Get<double>(long.MaxValue));
        Assert.Throws<OverflowException>(() => Get<float>(0.1));
        Assert.Throws<OverflowException>(() => Get<float>(16777217));
        Assert.Throws<OverflowException>(() => Get<long>(9.3e18));
        Assert.Throws<OverflowException>(() => Get<decimal>(1e300));
        Assert.Throws<OverflowException>(() => Get<double>(1.00000000000000000001m));
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_its_column()
    {
        Assert.Equal(
            "Column 'x' has a value of type String, which is no Int32. Read it as String.",
            Assert.Throws<InvalidCastException>(() => Get<int>("12")).Message);
        Assert.Throws<InvalidCastException>(() => Get<int>(1.5));
        Assert.Throws<InvalidCastException>(() => Get<int>(1.5m));
        Assert.Throws<InvalidCastException>(() => Get<long>(double.NaN));
        Assert.Throws<InvalidCastException>(() => Get<bool>(2));
        Assert.Throws<InvalidCastException>(() => Get<int>(true));
        Assert.Throws<InvalidCastException>(() => Get<char>("two"));
        Assert.Throws<InvalidCastException>(() => Get<int>(DateTime.UnixEpoch));
    }

    [Fact]
    public void A_null_is_told_and_not_turned_into_a_number()
    {
        using var table = new DataTable { Columns = { { "x", typeof(long) } }, Rows = { new object[] { DBNull.Value } } };
        using var rows = table.CreateDataReader();
        Assert.True(rows.Read());
        var reader = new DataRecordReader(rows);
        Assert.True(reader.IsNull(0));
        Assert.Equal(
            "Column 'x' is null, but Int32 has no null. Declare the property nullable.",
            Assert.Throws<InvalidCastException>(() => new DataRecordReader(rows).Get<int>(0)).Message);
        Assert.Throws<InvalidCastException>(() => new DataRecordReader(rows).Get<long>(0));
    }

    [Fact]
    public void Other_values_come_as_the_driver_gives_them()
    {
        var id = Guid.NewGuid();
        Assert.Equal(id, Get<Guid>(id));
        Assert.Equal("text", Get<string>("text"));
        Assert.Equal('c', Get<char>("c"));
        Assert.Equal(DateTimeOffset.UnixEpoch, Get<DateTimeOffset>(DateTimeOffset.UnixEpoch));
        Assert.Equal([1, 2], Get<byte[]>(new byte[] { 1, 2 }));
        Assert.Throws<InvalidCastException>(() => Get<Guid>("no identifier"));
    }

    static T Get<T>(object value)
    {
        using var table = new DataTable { Columns = { { "x", value.GetType() } }, Rows = { new[] { value } } };
        using var rows = table.CreateDataReader();
        Assert.True(rows.Read());
        return new DataRecordReader(rows).Get<T>(0);
    }
}
