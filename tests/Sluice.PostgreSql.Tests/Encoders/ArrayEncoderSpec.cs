using System.Globalization;
using FsCheck;
using NpgsqlTypes;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

public abstract class ArrayEncoderSpec(TestPostgres database) : EncoderSpec(database)
{
    [Fact]
    public Task Of_truth_values() => AssertArraysAsync("boolean", Sample.From(r => r.Next(2) == 0), NpgsqlDbType.Boolean);

    [Fact]
    public Task Of_smallint() => AssertArraysAsync("smallint", Numbers.Short, NpgsqlDbType.Smallint);

    [Fact]
    public Task Of_integer() => AssertArraysAsync("integer", Numbers.Int, NpgsqlDbType.Integer);

    [Fact]
    public Task Of_bigint() => AssertArraysAsync("bigint", Numbers.Long, NpgsqlDbType.Bigint);

    [Fact]
    public Task Of_real() => AssertArraysAsync("real", Numbers.Single, NpgsqlDbType.Real);

    [Fact]
    public Task Of_double_precision() => AssertArraysAsync("double precision", Numbers.Double, NpgsqlDbType.Double);

    [Fact]
    public Task Of_numeric() => AssertArraysAsync("numeric", Numbers.Decimal, NpgsqlDbType.Numeric);

    [Fact]
    public Task Of_numeric_with_a_scale() => AssertArraysAsync("numeric(12,4)", Numbers.DecimalOf(12, 4), NpgsqlDbType.Numeric);

    [Fact]
    public Task Of_uuid() => AssertArraysAsync("uuid", Texts.Guid, NpgsqlDbType.Uuid);

    [Fact]
    public Task Of_dates() => AssertArraysAsync("date", Times.Date, NpgsqlDbType.Date);

    [Fact]
    public Task Of_times() => AssertArraysAsync("time", Times.Time, NpgsqlDbType.Time, Times.Cut);

    [Fact]
    public Task Of_timestamps() => AssertArraysAsync("timestamp", Times.Unspecified, NpgsqlDbType.Timestamp, Times.Cut);

    [Fact]
    public Task Of_timestamptz() => AssertArraysAsync("timestamptz", Times.Utc, NpgsqlDbType.TimestampTz, Times.Cut);

    [Fact]
    public Task Of_points_in_time() => AssertArraysAsync("timestamptz", Times.AtZero, NpgsqlDbType.TimestampTz, Times.Cut);

    [Fact]
    public Task Of_intervals() => AssertArraysAsync("interval", Times.Span, NpgsqlDbType.Interval, v => new TimeSpan(v.Ticks / 10 * 10));

    async Task AssertArraysAsync<T>(string type, Gen<T> element, NpgsqlDbType driverType, Func<T, T>? stored = null)
        where T : struct
    {
        stored ??= v => v;
        await AssertRoundTripsAsync(type + "[]", (T[]?[])[.. Sample.Of(Sample.ArraysOf(element), []), null], NpgsqlDbType.Array | driverType, v => v?.Select(stored).ToArray());
        await AssertRoundTripsAsync(
            type + "[]",
            (T?[]?[])[.. Sample.Of(Sample.ArraysWithNullsOf(element), [], [null]), null],
            NpgsqlDbType.Array | driverType,
            v => v?.Select(e => e is null ? (T?)null : stored(e.Value)).ToArray());
    }

    [Theory]
    [InlineData("text", NpgsqlDbType.Text)]
    [InlineData("varchar", NpgsqlDbType.Varchar)]
    [InlineData("name", NpgsqlDbType.Name)]
    public Task Of_texts(string type, NpgsqlDbType driverType) => AssertRoundTripsAsync(
        type + "[]",
        (string?[]?[])[.. Sample.Of(Sample.ArraysOf(Sample.From(string? (r) => r.Next(4) == 0 ? null : new string((char)r.Next(1, 0xd800), r.Next(20)))), [], [null], [""], ["NULL", "null", "a,b", "{}", "\""]), null],
        NpgsqlDbType.Array | driverType);

    [Fact]
    public Task Of_bytea() => AssertRoundTripsAsync("bytea[]", (byte[][]?[])[.. Sample.Of(Sample.ArraysOf(Texts.Bytes), []), null], NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    [Fact]
    public Task Of_jsonb() => AssertRoundTripsAsync<string?[]?>("jsonb[]", [["{\"a\": 1}", null, "[]"], [], null], NpgsqlDbType.Array | NpgsqlDbType.Jsonb);

    [Fact]
    public Task Of_json() => AssertRoundTripsAsync<string?[]?>("json[]", [["{\"a\":  1}", null, "[]"], [], null], NpgsqlDbType.Array | NpgsqlDbType.Json);

    [Fact]
    public Task Of_char() => AssertRoundTripsAsync<string?[]?>("char(3)[]", [["abc", null, "😀é "], [], null], NpgsqlDbType.Array | NpgsqlDbType.Char);

    [Fact]
    public async Task Of_unsigned_and_small_numbers()
    {
        await AssertReadAsTextAsync<sbyte[]>("smallint[]", [[-128, 127], []], Text);
        await AssertReadAsTextAsync<ushort[]>("integer[]", [[0, 65_535], []], Text);
        await AssertReadAsTextAsync<uint[]>("bigint[]", [[0, uint.MaxValue], []], Text);
        await AssertReadAsTextAsync<ulong[]>("numeric[]", [[0, ulong.MaxValue], []], Text);
        await AssertReadAsTextAsync<int[]>("bigint[]", [[int.MinValue, 5], []], Text);
        await AssertReadAsTextAsync<int[]>("numeric(12,2)[]", [[int.MinValue, 5], []], v => v.Length == 0 ? "{}" : "{-2147483648,5}");
        await AssertReadAsTextAsync<long?[]>("smallint[]", [[1, null, -5]], _ => "{1,NULL,-5}");
        await AssertReadAsTextAsync<uint?[]>("bigint[]", [[1, null, uint.MaxValue]], _ => "{1,NULL,4294967295}");
        await AssertReadAsTextAsync<char[]>("text[]", [['a', 'é']], _ => "{a,é}");

        static string Text<T>(T[] values)
            where T : IFormattable => "{" + string.Join(',', values.Select(v => v.ToString(null, CultureInfo.InvariantCulture))) + "}";
    }

    [Fact]
    public async Task Lists_are_arrays()
    {
        var table = await CreateTableAsync("integer[]");
        await Engine.InsertAsync(Rows<List<int>?>([[1, 2], [], null]), table);
        Assert.Equal([[1, 2], [], null], await ReadAsync<int[]?>(table));
    }

    [Fact]
    public async Task Elements_are_checked_as_values_are()
    {
        await AssertRefusedAsync<int[]>("smallint[]", [[1], [2, 40_000]], 2, "22003");
        await AssertRefusedAsync<decimal[]>("numeric(5,2)[]", [[1.25m], [1.255m]], 2, "22003");
        await AssertRefusedAsync<string[]>("varchar(2)[]", [["ab"], ["ab", "abc"]], 2, "22001");
        await AssertRefusedAsync<string[]>("text[]", [["ab"], ["a\0"]], 2, "22021");
        await AssertRefusedAsync<DateTime[]>("timestamptz[]", [[DateTime.UnixEpoch], [new DateTime(2026, 1, 1)]], 2, "22007");
    }

    [Fact]
    public async Task Psql_prints_arrays_as_they_were()
    {
        var table = await LoadAsync<string?[]>("text[]", [["a", null, "NULL", "b,c", ""], []]);
        Assert.Equal("{a,NULL,\"NULL\",\"b,c\",\"\"}\n{}\n", (await PrintAsync(table)).ReplaceLineEndings("\n"));
    }
}
