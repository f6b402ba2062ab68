using System.Globalization;
using System.Numerics;
using NpgsqlTypes;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

public abstract class NumberEncoderSpec(TestPostgres database) : EncoderSpec(database)
{
    [Fact]
    public Task Smallint() => AssertValuesRoundTripAsync("smallint", Sample.Of(Numbers.Short, short.MinValue, (short)-1, (short)0, (short)1, short.MaxValue));

    [Fact]
    public Task Integer() => AssertValuesRoundTripAsync("integer", Sample.Of(Numbers.Int, int.MinValue, -1, 0, 1, int.MaxValue));

    [Fact]
    public Task Bigint() => AssertValuesRoundTripAsync("bigint", Sample.Of(Numbers.Long, long.MinValue, -1, 0, 1, long.MaxValue));

    [Fact]
    public Task Real() => AssertValuesRoundTripAsync(
        "real",
        Sample.Of(Numbers.Single, float.MinValue, float.MaxValue, float.Epsilon, -float.Epsilon, 0f, -0f, 0.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1.1754942e-38f));

    [Fact]
    public Task Double_precision() => AssertValuesRoundTripAsync(
        "double precision",
        Sample.Of(Numbers.Double, double.MinValue, double.MaxValue, double.Epsilon, -double.Epsilon, 0.0, -0.0, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2.2250738585072009e-308));

    [Fact]
    public Task Numeric() => AssertValuesRoundTripAsync(
        "numeric",
        Sample.Of(
            Numbers.Decimal,
            decimal.MinValue, decimal.MaxValue, 0m, 0.00m, -0.0m, 1m, 1.0m, 1.00m, -1.10m, 10m, 100m, 1000m, 10_000m, 100_000_000m, 9999m, 9_999.9999m, 0.0001m, 0.00010m, 0.00001m,
            0.0000000000000000000000000001m, -0.0000000000000000000000000001m, 7.9228162514264337593543950335m, 12_345_678.000000m));

    [Fact]
    public Task Numeric_with_a_scale() => AssertValuesRoundTripAsync(
        "numeric(12,4)", Sample.Of(Numbers.DecimalOf(12, 4), 99_999_999.9999m, -99_999_999.9999m, 0.0001m, 0m, 0.0m, 1.50m, 1.500000m), NpgsqlDbType.Numeric);

    [Fact]
    public Task Numeric_of_whole_numbers() => AssertValuesRoundTripAsync("numeric(10)", Sample.Of(Numbers.DecimalOf(10, 0), 9_999_999_999m, -9_999_999_999m, 1.0m, 5.00m));

    [Fact]
    public Task Numeric_with_a_scale_above_its_precision() => AssertValuesRoundTripAsync<decimal>("numeric(3,5)", [0.00999m, -0.00999m, 0.00001m, 0m]);

    [Fact]
    public Task Numeric_with_a_negative_scale() => AssertValuesRoundTripAsync<decimal>("numeric(3,-2)", [100m, 12_300m, -99_900m, 0m, 12_300.0m]);

    [Fact]
    public Task Numeric_from_texts_keeps_every_digit_and_the_scale_that_the_text_shows() => AssertNumericTextsAsync(
        Sample.Of(
            Numbers.DigitsOf(400),
            "0", "-0", "+1", "0.0", "0.000", "00012.5000", ".5", "-.5", "5.", "1e5", "1.5e3", "1.50e-3", "12e-10", "1E+20", "1.2e131071", "1e-16383", "0e10", "0.00e-2",
            new string('9', 131_072), "0." + new string('9', 16_383), new string('1', 700) + "." + new string('0', 300), "NaN", "Infinity", "-Infinity"));

    async Task AssertNumericTextsAsync(IReadOnlyList<string> texts)
    {
        var twin = await InsertByDriverAsync("numeric", texts, t => t, "$2::text::numeric", NpgsqlDbType.Text);
        await AssertSameBytesAsync(await LoadBoxedAsync("numeric", texts), twin);
    }

    [Fact]
    public Task Numeric_from_floating_point_numbers_is_their_shortest_text() => AssertReadAsTextAsync(
        "numeric",
        Sample.Of(Numbers.Double, 0.1, 1e22, 1e-7, 123_456_789.125, double.MaxValue, double.Epsilon, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        v => v.ToString("R", CultureInfo.InvariantCulture));

    [Fact]
    public Task Numeric_from_single_precision_is_its_shortest_text() => AssertReadAsTextAsync(
        "numeric", Sample.Of(Numbers.Single, 0.1f, 1e22f, 16_777_216f, float.MaxValue, float.Epsilon), v => v.ToString("R", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("smallint")]
    [InlineData("integer")]
    [InlineData("bigint")]
    [InlineData("numeric")]
    [InlineData("numeric(5)")]
    [InlineData("real")]
    [InlineData("double precision")]
    public async Task Whole_numbers_of_every_type_go_into_every_column_of_numbers(string type)
    {
        await AssertReadAsTextAsync<byte>(type, [0, 1, 255], Text);
        await AssertReadAsTextAsync<sbyte>(type, [-128, 127], Text);
        await AssertReadAsTextAsync<short>(type, [short.MinValue, short.MaxValue], Text);
        await AssertReadAsTextAsync<ushort>(type, [0, 32_767], Text);
        await AssertReadAsTextAsync<int>(type, [-32_768, 0, 32_767], Text);
        await AssertReadAsTextAsync<uint>(type, [0, 32_767], Text);
        await AssertReadAsTextAsync<long>(type, [-32_768, 0, 32_767], Text);
        await AssertReadAsTextAsync<ulong>(type, [0, 32_767], Text);
        await AssertReadAsTextAsync<decimal>(type, [-32_768m, 0m, 32_767m], Text);

        static string Text<T>(T value)
            where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Whole_numbers_out_of_a_column_s_range_are_refused()
    {
        await AssertRefusedAsync<int>("smallint", [1, 2, 32_768], 3, "22003");
        await AssertRefusedAsync<long>("integer", [2_147_483_648], 1, "22003");
        await AssertRefusedAsync<ulong>("bigint", [1, 9_223_372_036_854_775_808], 2, "22003");
        await AssertRefusedAsync<long>("numeric(5)", [99_999, 100_000], 2, "22003");
        await AssertRefusedAsync<decimal>("bigint", [1m, 9_223_372_036_854_775_808m], 2, "22003");
        await AssertRefusedAsync<decimal>("integer", [1m, -2_147_483_649m], 2, "22003");
    }

    [Fact]
    public Task Numbers_above_the_range_of_long_go_into_numeric() => AssertReadAsTextAsync<ulong>("numeric", [ulong.MaxValue, 9_223_372_036_854_775_808], v => v.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public async Task Whole_numbers_of_any_size_go_into_numeric_and_where_they_fit()
    {
        await AssertRoundTripsAsync<BigInteger?>("numeric", [BigInteger.Pow(10, 300), -BigInteger.Pow(7, 100), BigInteger.Zero, null], NpgsqlDbType.Numeric);
        await AssertReadAsTextAsync<BigInteger>("bigint", [long.MaxValue, long.MinValue, 3], v => v.ToString(CultureInfo.InvariantCulture));
        await AssertRefusedAsync<BigInteger>("bigint", [3, BigInteger.Pow(2, 63)], 2, "22003");
    }

    [Fact]
    public async Task Floating_point_numbers_without_a_fraction_go_into_whole_ones()
    {
        await AssertReadAsTextAsync<double>("integer", [3.0, -0.0, 2_147_483_647.0], v => v.ToString("F0", CultureInfo.InvariantCulture));
        await AssertReadAsTextAsync<float>("smallint", [3f, -32_768f], v => v.ToString("F0", CultureInfo.InvariantCulture));
        await AssertRefusedAsync<double>("bigint", [1, 9_223_372_036_854_775_808.0], 2, "22003");
        await AssertRefusedAsync<double>("integer", [1, 0.5], 2, "22003");
        await AssertRefusedAsync<double>("integer", [1, double.NaN], 2, "22003");
        await AssertRefusedAsync<double>("integer", [1, double.NegativeInfinity], 2, "22003");
    }

    [Fact]
    public async Task Digits_that_floating_point_would_drop_are_refused()
    {
        await AssertReadAsTextAsync<double>("real", [0.1, 0.5, 16_777_216], v => v.ToString("R", CultureInfo.InvariantCulture));
        await AssertRefusedAsync<double>("real", [0.1, 1 / 3.0], 2, "22003");
        await AssertRefusedAsync<double>("real", [0.1, 16_777_217], 2, "22003");
        await AssertReadAsTextAsync<decimal>("double precision", [0.1m, 1.10m, 0.0000000000000000000000000001m], v => v.ToString(CultureInfo.InvariantCulture));
        await AssertRefusedAsync<decimal>("double precision", [0.1m, 1234567890123456.78m], 2, "22003");
        await AssertRefusedAsync<decimal>("real", [0.1m, 1234567.89m], 2, "22003");
    }

    [Fact]
    public async Task Whole_numbers_that_floating_point_holds_exactly_are_stored()
    {
        await AssertReadAsTextAsync<long>("double precision", [9_007_199_254_740_992, 9_007_199_254_740_994, -9_007_199_254_740_992, 1L << 62, long.MinValue], v => v.ToString(CultureInfo.InvariantCulture));
        await AssertReadAsTextAsync<long>("real", [16_777_216, 16_777_218, -16_777_216, 1L << 40], v => v.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Whole_numbers_that_floating_point_would_change_are_refused()
    {
        await AssertRefusedAsync<long>("double precision", [1, 9_007_199_254_740_993], 2, "22003");
        await AssertRefusedAsync<long>("double precision", [1, long.MaxValue], 2, "22003");
        await AssertRefusedAsync<int>("real", [1, 16_777_217], 2, "22003");
    }

    [Fact]
    public async Task Floating_point_numbers_out_of_the_range_of_real_are_refused()
    {
        await AssertRefusedAsync<double>("real", [1, 1e39], 2, "22003");
        await AssertRefusedAsync<double>("real", [1, -1e300], 2, "22003");
        await AssertRefusedAsync<double>("real", [1, 1e-300], 2, "22003");
    }

    [Fact]
    public async Task A_fraction_is_never_rounded_away()
    {
        await AssertRefusedAsync<decimal>("integer", [1m, 1.5m], 2, "22003");
        await AssertRefusedAsync<decimal>("numeric(10,2)", [1.25m, 1.255m], 2, "22003");
        await AssertRefusedAsync<double>("numeric(10,2)", [1.25, 0.1 + 0.2], 2, "22003");
        await AssertRefusedAsync<decimal>("numeric(3,-2)", [100m, 12_345m], 2, "22003");
    }

    [Fact]
    public async Task A_number_that_its_precision_does_not_hold_is_refused()
    {
        var failure = await AssertRefusedAsync<decimal>("numeric(8,2)", [999_999.99m, 1_000_000m], 2, "22003");
        Assert.Contains("the decimal needs 7 digits before the point, but 'numeric(8,2)' holds 6", failure.Message, StringComparison.Ordinal);
        await AssertRefusedAsync<double>("numeric(8,2)", [1, double.PositiveInfinity], 2, "22003");
    }

    [Fact]
    public async Task Texts_that_are_no_numbers_are_refused()
    {
        foreach (var text in (string[])["", "-", "x", "1x", "1.2.3", "1e", "e5", " 1", "1e2147483647", "1e-2147483648", "1e999999", "0x10", "--1"])
        {
            var table = await CreateTableAsync("numeric");
            object?[][] rows = [[1, "1"], [2, text]];
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(["id", "v"], rows), table));
            Assert.Equal((2, "v"), (failure.RowNumber, failure.ColumnName));
            Assert.Contains(failure.SqlState, (string[])["22P02", "22003"]);
        }
    }

    [Fact]
    public async Task Psql_prints_numbers_as_they_were()
    {
        var decimals = await LoadAsync<decimal?>("numeric", [1.10m, -0.00001m, 100_000_000_000m, null, decimal.MaxValue]);
        Assert.Equal("1.10\n-0.00001\n100000000000\n\n79228162514264337593543950335\n", (await PrintAsync(decimals)).ReplaceLineEndings("\n"));
        var doubles = await LoadAsync<double>("double precision", [0.1, -0.0, double.NaN, double.NegativeInfinity, 5e-324]);
        Assert.Equal("0.1\n-0\nNaN\n-Infinity\n5e-324\n", (await PrintAsync(doubles)).ReplaceLineEndings("\n"));
    }
}
