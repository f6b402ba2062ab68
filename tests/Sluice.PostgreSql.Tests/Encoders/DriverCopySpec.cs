using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using NpgsqlTypes;
using Sluice.Rows;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>COPY by the driver's own encoders, for tables with a type that Sluice has none for.</summary>
public abstract class DriverCopySpec(TestPostgres database) : EncoderSpec(database)
{
    [Fact]
    public async Task Types_of_the_driver_are_stored_as_its_parameters_store_them()
    {
        await AssertByDriverAsync("inet", [IPAddress.Loopback, IPAddress.IPv6Loopback, null], NpgsqlDbType.Inet);
        await AssertByDriverAsync<NpgsqlInet?>("inet", [new NpgsqlInet("10.1.2.3/8"), null], NpgsqlDbType.Inet);
        await AssertByDriverAsync<IPNetwork?>("cidr", [IPNetwork.Parse("10.0.0.0/8"), null], NpgsqlDbType.Cidr);
        await AssertByDriverAsync("macaddr", [PhysicalAddress.Parse("08-00-2B-01-02-03"), null], NpgsqlDbType.MacAddr);
        await AssertByDriverAsync<NpgsqlPoint?>("point", [new NpgsqlPoint(1, -2.5), new NpgsqlPoint(double.NaN, 0), null], NpgsqlDbType.Point);
        await AssertByDriverAsync<NpgsqlRange<int>?>("int4range", [new NpgsqlRange<int>(1, 5), NpgsqlRange<int>.Empty, null], NpgsqlDbType.IntegerRange);
        await AssertByDriverAsync("bit(3)", [new BitArray([true, false, true]), null], NpgsqlDbType.Bit);
        await AssertByDriverAsync("varbit", [new BitArray([true]), new BitArray(0), null], NpgsqlDbType.Varbit);
        await AssertByDriverAsync("tsvector", [NpgsqlTsVector.Empty, null], NpgsqlDbType.TsVector);
        await AssertByDriverAsync("integer[]", [new int[,] { { 1, 2 }, { 3, 4 } }, new int[0, 0], null], NpgsqlDbType.Array | NpgsqlDbType.Integer);
        await AssertByDriverAsync<NpgsqlInterval?>("interval", [new NpgsqlInterval(14, -3, 5), null], NpgsqlDbType.Interval);
    }

    async Task AssertByDriverAsync<T>(string type, IReadOnlyList<T> values, NpgsqlDbType driverType)
    {
        var table = await CreateTableAsync(type);
        var plan = await Engine.PlanInsertAsync(Rows(values), table);
        Assert.Equal("binary COPY by the driver", plan.Path.Name);
        Assert.Equal($"only the driver encodes {table.Columns[1].Type} (column 'v')", plan.Reason);

        var result = await Engine.InsertAsync(Rows(values), table);

        Assert.Equal(values.Count, result.Inserted);
        await AssertSameBytesAsync(table, await InsertByDriverAsync(type, values, v => v, "$2", driverType));
    }

    [Fact]
    public async Task Other_values_of_such_a_row_are_stored_as_elsewhere()
    {
        await AssertBesideAsync("boolean", [true, false]);
        await AssertBesideAsync("smallint", Sample.Of(Numbers.Short));
        await AssertBesideAsync("bigint", Sample.Of(Numbers.Long, long.MinValue, long.MaxValue));
        await AssertBesideAsync("real", Sample.Of(Numbers.Single));
        await AssertBesideAsync("double precision", Sample.Of(Numbers.Double));
        await AssertBesideAsync("numeric", Sample.Of(Numbers.Decimal, decimal.MaxValue, 1.10m));
        await AssertBesideAsync("uuid", Sample.Of(Texts.Guid));
        await AssertBesideAsync("date", Sample.Of(Times.Date, DateOnly.MinValue, DateOnly.MaxValue));
        await AssertBesideAsync("time", Sample.Of(Times.Time), NpgsqlDbType.Time);
        await AssertBesideAsync("timestamp", Sample.Of(Times.Unspecified, DateTime.MaxValue, DateTime.MinValue), NpgsqlDbType.Timestamp);
        await AssertBesideAsync("timestamptz", Sample.Of(Times.Utc), NpgsqlDbType.TimestampTz);
        await AssertBesideAsync("interval", Sample.Of(Times.Span), NpgsqlDbType.Interval);
        await AssertAllBesideAsync("text", [.. Sample.Of(Texts.Any), null], NpgsqlDbType.Text);
        await AssertAllBesideAsync("varchar(10)", [.. Sample.Of(Texts.CodePoints(10)), null], NpgsqlDbType.Varchar);
        await AssertAllBesideAsync("char(10)", [.. Sample.Of(Texts.CodePoints(10)), null], NpgsqlDbType.Char);
        await AssertAllBesideAsync("bytea", [.. Sample.Of(Texts.Bytes), null], NpgsqlDbType.Bytea);
        await AssertAllBesideAsync("json", [.. Sample.Of(Texts.Json), null], NpgsqlDbType.Json);
        await AssertAllBesideAsync("jsonb", [.. Sample.Of(Texts.Json), null], NpgsqlDbType.Jsonb);
        await AssertAllBesideAsync("integer[]", [.. Sample.Of(Sample.ArraysOf(Numbers.Int)), null], NpgsqlDbType.Array | NpgsqlDbType.Integer);
        await AssertAllBesideAsync<string?[]?>("varchar[]", [["a", null], [], null], NpgsqlDbType.Array | NpgsqlDbType.Varchar);
    }

    Task AssertBesideAsync<T>(string type, IReadOnlyList<T> values, NpgsqlDbType? driverType = null)
        where T : struct => AssertAllBesideAsync<T?>(type, [.. values.Select(v => (T?)v), null], driverType);

    async Task AssertAllBesideAsync<T>(string type, IReadOnlyList<T> values, NpgsqlDbType? driverType)
    {
        var table = await BesideTableAsync(type);
        await Engine.InsertAsync(RowsBeside(values), table);
        await AssertSameBytesAsync(table, await InsertByDriverAsync(type, values, v => v, "$2", driverType));
    }

    async Task<Table> BesideTableAsync(string type)
    {
        var name = Database.NewName("beside");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer, v {type}, net inet)");
        return await Engine.ReadTableAsync(name);
    }

    static RowSource<Beside<T>> RowsBeside<T>(IReadOnlyList<T> values) => RowSource.From(values.Select((v, i) => new Beside<T>(i + 1, v, IPAddress.Loopback)));

    [Theory]
    [InlineData("smallint")]
    [InlineData("integer")]
    [InlineData("bigint")]
    [InlineData("numeric(5)")]
    [InlineData("real")]
    [InlineData("double precision")]
    public async Task Numbers_take_the_type_of_their_column(string type)
    {
        await AssertNumberAsync<byte>(type, 255);
        await AssertNumberAsync<int>(type, -32_768);
        await AssertNumberAsync(type, 32_767L);
        await AssertNumberAsync(type, 32_767UL);
        await AssertNumberAsync(type, 32_767m);
        await AssertNumberAsync(type, Mood.VeryHappy);
    }

    async Task AssertNumberAsync<T>(string type, T value)
        where T : struct
    {
        var table = await BesideTableAsync(type);
        await Engine.InsertAsync(RowsBeside<T>([value]), table);
        var expected = value is Mood mood ? (IConvertible)(short)mood : (IConvertible)value;
        Assert.Equal(expected.ToDecimal(CultureInfo.InvariantCulture), await Database.ScalarAsync<decimal>($"SELECT v::numeric FROM {table.Name}"));
    }

    [Fact]
    public async Task Enumerations_are_stored_by_label_or_name()
    {
        var mood = Database.NewName("mood");
        await Database.ExecuteAsync($"CREATE TYPE {mood} AS ENUM ('Sad', 'so_so', 'very_happy')");
        foreach (var (type, expected) in ((string, string)[])[(mood, "Sad,so_so,very_happy"), ("text", "Sad,SoSo,VeryHappy")])
        {
            var table = await BesideTableAsync(type);
            await Engine.InsertAsync(RowsBeside<Mood>([Mood.Sad, Mood.SoSo, Mood.VeryHappy]), table);
            Assert.Equal(expected.Split(','), await ReadAsync<string>(table, "v::text"));
        }
    }

    [Fact]
    public async Task Values_are_refused_as_elsewhere()
    {
        await AssertRefusedBesideAsync("smallint", [1, 40_000], "22003");
        await AssertRefusedBesideAsync("integer", [1m, 1.5m], "22003");
        await AssertRefusedBesideAsync("numeric(10,2)", [1.25m, 1.255m], "22003");
        await AssertRefusedBesideAsync("numeric(10,2)", [1.25, 1.255], "22003");
        await AssertRefusedBesideAsync("numeric", [1e20, 1e-40], "22003");
        await AssertRefusedBesideAsync("numeric", [1.5, 1.23456789E-25], "22003");
        await AssertRefusedBesideAsync("double precision", [1L, 9_007_199_254_740_993L], "22003");
        await AssertRefusedBesideAsync("varchar(3)", ["abc", "abcd"], "22001");
        await AssertRefusedBesideAsync("text", ["a", "a\0"], "22021");
        await AssertRefusedBesideAsync("timestamp", [new DateTime(2026, 1, 1), DateTime.UtcNow], "22007");
        await AssertRefusedBesideAsync("timestamptz", [DateTime.UtcNow, new DateTime(2026, 1, 1)], "22007");
    }

    [Fact]
    public async Task Objects_of_the_wrong_type_are_refused_and_never_stored_as_other_bytes()
    {
        foreach (var (type, wrong) in ((string, object)[])[("text", 4_702_111_234_474_983_745L), ("bigint", 1.5), ("timestamp", 5L), ("date", 7), ("integer", true), ("uuid", "x"), ("boolean", 1), ("bytea", "text"), ("integer", DateTime.UtcNow)])
        {
            var table = await BesideTableAsync(type);
            object?[][] rows = [[1, null, IPAddress.Loopback], [2, wrong, IPAddress.Loopback]];
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(["id", "v", "net"], rows), table));
            Assert.True((failure.RowNumber, failure.ColumnName) == (2, "v"), $"{type}: {failure.Message}");
            Assert.Equal(0, await Database.CountAsync(table.Name));
        }
    }

    async Task AssertRefusedBesideAsync<T>(string type, IReadOnlyList<T> values, string state)
    {
        var table = await BesideTableAsync(type);
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowsBeside(values), table));
        Assert.True((failure.RowNumber, failure.ColumnName, failure.SqlState) == (2, "v", state), failure.Message);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }
}
