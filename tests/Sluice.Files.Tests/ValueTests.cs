using System.Globalization;
using Sluice.Files.Tests.Fakes;
using Sluice.Rows;

namespace Sluice.Files.Tests;

public class ValueTests
{
    static readonly Dictionary<SqlTypeKind, SqlType> s_types = new SqlType[]
    {
        SqlType.Boolean, SqlType.SmallInt, SqlType.Integer, SqlType.BigInt, SqlType.Real, SqlType.Double, SqlType.Numeric, SqlType.Text, SqlType.Bytes,
        SqlType.Uuid, SqlType.Date, SqlType.Time, SqlType.TimeTz, SqlType.Timestamp, SqlType.TimestampTz, SqlType.Interval, SqlType.Json, SqlType.JsonB,
        new(SqlTypeKind.Other),
    }.ToDictionary(t => t.Kind);

    public static TheoryData<SqlTypeKind, string, object> Values => new()
    {
        { SqlTypeKind.SmallInt, "-7", -7L },
        { SqlTypeKind.Integer, "007", 7L },
        { SqlTypeKind.Integer, "+7", 7L },
        { SqlTypeKind.BigInt, "9223372036854775807", long.MaxValue },
        { SqlTypeKind.BigInt, "-9223372036854775808", long.MinValue },
        { SqlTypeKind.BigInt, "999999999999999999", 999999999999999999L },
        { SqlTypeKind.Double, "0.1", 0.1 },
        { SqlTypeKind.Double, "-.5", -0.5 },
        { SqlTypeKind.Double, "5.", 5.0 },
        { SqlTypeKind.Double, "1e3", 1000.0 },
        { SqlTypeKind.Double, "123456789012345678", 123456789012345678.0 },
        { SqlTypeKind.Double, "9007199254740993", 9007199254740992.0 },
        { SqlTypeKind.Double, "0.000000000000001", 1e-15 },
        { SqlTypeKind.Double, "NaN", double.NaN },
        { SqlTypeKind.Double, "-Infinity", double.NegativeInfinity },
        { SqlTypeKind.Double, "inf", double.PositiveInfinity },
        { SqlTypeKind.Double, "-0.0", -0.0 },
        { SqlTypeKind.Real, "16777217", 16777216f },
        { SqlTypeKind.Real, "0.1", 0.1f },
        { SqlTypeKind.Real, "infinity", float.PositiveInfinity },
        { SqlTypeKind.Date, "infinity", "infinity" },
        { SqlTypeKind.TimestampTz, "-infinity", "-infinity" },
        { SqlTypeKind.Time, "24:00", TimeSpan.FromDays(1) },
        { SqlTypeKind.Numeric, "1.10", 1.10m },
        { SqlTypeKind.Numeric, "-0.000", 0.000m },
        { SqlTypeKind.Numeric, "1.5e3", 1500m },
        { SqlTypeKind.Numeric, "7", 7L },
        { SqlTypeKind.Numeric, "-007", -7L },
        { SqlTypeKind.Numeric, "1.0", 1.0m },
        { SqlTypeKind.Numeric, "18446744073709551615", "18446744073709551615" },
        { SqlTypeKind.Numeric, "1234567890123456789012345678", "1234567890123456789012345678" },
        { SqlTypeKind.Numeric, "12345678901234567890123456789", "12345678901234567890123456789" },
        { SqlTypeKind.Numeric, "0.00000000000000000000000000001", "0.00000000000000000000000000001" },
        { SqlTypeKind.Numeric, "1e40", "1e40" },
        { SqlTypeKind.Numeric, "NaN", "NaN" },
        { SqlTypeKind.Boolean, "T", true },
        { SqlTypeKind.Boolean, "yes", true },
        { SqlTypeKind.Boolean, "1", true },
        { SqlTypeKind.Boolean, "FALSE", false },
        { SqlTypeKind.Boolean, "no", false },
        { SqlTypeKind.Boolean, "0", false },
        { SqlTypeKind.Date, "2024/02/29", new DateOnly(2024, 2, 29) },
        { SqlTypeKind.Time, "23:59:59.1234567", new TimeOnly(23, 59, 59).Add(TimeSpan.FromTicks(1234567)) },
        { SqlTypeKind.Time, "07:05", new TimeOnly(7, 5) },
        { SqlTypeKind.Timestamp, "2001/01/01 00:47", new DateTime(2001, 1, 1, 0, 47, 0) },
        { SqlTypeKind.Timestamp, "2024-02-29", new DateTime(2024, 2, 29) },
        { SqlTypeKind.Timestamp, "9999-12-31T23:59:59.9999999", DateTime.MaxValue },
        { SqlTypeKind.TimestampTz, "2024-02-29T12:00:00.5Z", new DateTimeOffset(2024, 2, 29, 12, 0, 0, 500, TimeSpan.Zero) },
        { SqlTypeKind.TimestampTz, "2024-02-29 12:00-0930", new DateTimeOffset(2024, 2, 29, 12, 0, 0, new TimeSpan(-9, -30, 0)) },
        { SqlTypeKind.TimestampTz, "2024-02-29 12:00:00+14", new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(14)) },
        { SqlTypeKind.Uuid, "{7d444840-9dc0-11d1-b245-5ffdce74fad2}", Guid.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2") },
        { SqlTypeKind.Bytes, "\\x00fF10", new byte[] { 0, 255, 16 } },
        { SqlTypeKind.Bytes, "\\x", Array.Empty<byte>() },
        { SqlTypeKind.Text, " x ", " x " },
        { SqlTypeKind.Interval, "1 day", "1 day" },
        { SqlTypeKind.TimeTz, "12:00+01", "12:00+01" },
        { SqlTypeKind.JsonB, "{\"a\": 1}", "{\"a\": 1}" },
        { SqlTypeKind.Other, "(1,2)", "(1,2)" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_text_becomes_the_value_of_its_columns_type(SqlTypeKind kind, string text, object expected)
    {
        var value = await TestFile.ValueAsync(text, s_types[kind]);

        Assert.Equal(expected, value);
        Assert.Equal(expected.GetType(), value!.GetType());
        if (expected is double number)
            Assert.Equal(double.IsNegative(number), double.IsNegative((double)value));
        if (expected is decimal exact)
            Assert.Equal(exact.ToString(CultureInfo.InvariantCulture), ((decimal)value).ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(SqlTypeKind.Integer, "abc", "22P02", "not a whole number, which 'integer' needs")]
    [InlineData(SqlTypeKind.Integer, "1.0", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, "", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, "-", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, " 1", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, "1_000", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, "１", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.Integer, "1\0", "22P02", "not a whole number")]
    [InlineData(SqlTypeKind.BigInt, "9223372036854775808", "22003", "exceeds what 'bigint' holds")]
    [InlineData(SqlTypeKind.Double, "1e400", "22003", "exceeds")]
    [InlineData(SqlTypeKind.Double, "1e-400", "22003", "exceeds")]
    [InlineData(SqlTypeKind.Double, "1,5", "22P02", "not a number")]
    [InlineData(SqlTypeKind.Double, ".", "22P02", "not a number")]
    [InlineData(SqlTypeKind.Double, "1e", "22P02", "not a number")]
    [InlineData(SqlTypeKind.Double, "1.5 ", "22P02", "not a number")]
    [InlineData(SqlTypeKind.Real, "1e39", "22003", "exceeds what 'real' holds")]
    [InlineData(SqlTypeKind.Numeric, "1.2.3", "22P02", "not a number")]
    [InlineData(SqlTypeKind.Boolean, "maybe", "22P02", "none of true, false")]
    [InlineData(SqlTypeKind.Date, "2024-02-30", "22008", "no calendar has")]
    [InlineData(SqlTypeKind.Date, "0000-01-01", "22008", "no calendar has")]
    [InlineData(SqlTypeKind.Date, "2024-01-01 00:00", "22007", "not a date")]
    [InlineData(SqlTypeKind.Date, "2024-01/01", "22007", "not a date")]
    [InlineData(SqlTypeKind.Date, "infinite", "22007", "not a date")]
    [InlineData(SqlTypeKind.Time, "7:05", "22007", "not a time")]
    [InlineData(SqlTypeKind.Time, "07:05:1", "22007", "not a time")]
    [InlineData(SqlTypeKind.Timestamp, "2024-01-01T00:00:00Z", "22007", "has a UTC offset")]
    [InlineData(SqlTypeKind.Timestamp, "2024-01-01T25:00", "22008", "no calendar has")]
    [InlineData(SqlTypeKind.Timestamp, "yesterday", "22007", "not a date and time")]
    [InlineData(SqlTypeKind.Timestamp, "2024-01-01T00:00:00.12345678", "22007", "not a date and time")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-01-01T00:00:00", "22007", "has no UTC offset")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-01-01", "22007", "has no UTC offset")]
    [InlineData(SqlTypeKind.TimestampTz, "0001-01-01T00:00:00+05", "22008", "no calendar has")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-01-01T00:00:00+15", "22008", "no calendar has")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-01-01T00:00:00+1:00", "22007", "not a date and time")]
    [InlineData(SqlTypeKind.Uuid, "7d444840", "22P02", "not an identifier")]
    [InlineData(SqlTypeKind.Bytes, "\\x0", "22P02", "hexadecimal")]
    [InlineData(SqlTypeKind.Bytes, "\\x0g", "22P02", "hexadecimal")]
    [InlineData(SqlTypeKind.Bytes, "00", "22P02", "hexadecimal")]
    public async Task A_text_that_does_not_fit_is_refused_with_both_sides(SqlTypeKind kind, string text, string sqlState, string problem)
    {
        var e = await Assert.ThrowsAsync<ValueException>(() => TestFile.ValueAsync(text, s_types[kind]));

        Assert.Equal((0, text, sqlState), (e.Field, e.Value, e.SqlState));
        Assert.Contains(problem, e.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("detected", e.Remedy.Text, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Remedy.Text, StringComparison.Ordinal);
    }

    // The first row is the sample.
    [Theory]
    [InlineData("1", "x", "not a whole number")]
    [InlineData("1", "007", "begins with a zero or a plus sign")]
    [InlineData("1", "+7", "begins with a zero or a plus sign")]
    [InlineData("1", "-0", "begins with")]
    [InlineData("1.5", "007.5", "begins with a zero or a plus sign")]
    [InlineData("1.5", "NaN", "not a number")]
    [InlineData("1.5", "0.1234567890123456789", "more digits than 'double precision' keeps")]
    [InlineData("9223372036854775808", "01", "begins with a zero or a plus sign")]
    [InlineData("true", "yes", "neither true nor false")]
    [InlineData("2024-01-01 10:00", "2024-01-01", "date without a time")]
    [InlineData("2024-01-01", "2024-01-01 10:00", "not a date")]
    public async Task A_later_value_that_the_detected_type_would_change_is_refused(string sampled, string later, string problem)
    {
        await using var file = await TestFile.OpenAsync($"a,v\nx,{sampled}\ny,{later}\n", new() { SampleRows = 1, HasHeader = true });

        var e = await Assert.ThrowsAsync<ValueException>(() => TestFile.ValuesAsync(file, file.Describe("t", schema: null, [])));

        Assert.Equal(1, e.Field);
        Assert.Contains(problem, e.Problem, StringComparison.Ordinal);
        Assert.StartsWith("The type was detected from the file's first 1 rows.", e.Remedy.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SqlTypeKind.Timestamp, 6, "2024-01-01T00:00:00.1234567")]
    [InlineData(SqlTypeKind.Timestamp, 6, "9999-12-31 23:59:59.9999999")]
    [InlineData(SqlTypeKind.Timestamp, 3, "2024-01-01T00:00:00.1239")]
    [InlineData(SqlTypeKind.Timestamp, 0, "2024-01-01T00:00:00.9")]
    [InlineData(SqlTypeKind.TimestampTz, 6, "2024-01-01T00:00:00.1234567Z")]
    [InlineData(SqlTypeKind.TimestampTz, 6, "9999-12-31 23:59:59.9999999+00")]
    [InlineData(SqlTypeKind.Time, 6, "12:00:00.1234567")]
    [InlineData(SqlTypeKind.Time, 2, "12:00:00.125")]
    [InlineData(SqlTypeKind.TimeTz, 6, "12:00:00.1234567+01")]
    [InlineData(SqlTypeKind.Interval, 6, "1 day 12:00:00.1234567")]
    public async Task Digits_of_a_second_that_the_column_would_cut_are_refused(SqlTypeKind kind, int precision, string text)
    {
        var e = await Assert.ThrowsAsync<ValueException>(() => TestFile.ValueAsync(text, new SqlType(kind) { Precision = precision }));

        Assert.Equal(("22008", text), (e.SqlState, e.Value));
        Assert.Contains("more fractional digits", e.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SqlTypeKind.Timestamp, 6, "2024-01-01T00:00:00.1234560")]
    [InlineData(SqlTypeKind.Timestamp, 3, "2024-01-01T00:00:00.1230000")]
    [InlineData(SqlTypeKind.Timestamp, 0, "2024-01-01T00:00:00.0")]
    [InlineData(SqlTypeKind.Time, 2, "12:00:00.12")]
    [InlineData(SqlTypeKind.TimeTz, 6, "12:00:00.123456000+01")]
    [InlineData(SqlTypeKind.Interval, 6, "1.1234567 days")]
    public async Task Zeros_behind_the_digits_of_a_column_are_none(SqlTypeKind kind, int precision, string text) =>
        Assert.NotNull(await TestFile.ValueAsync(text, new SqlType(kind) { Precision = precision }));

    [Fact]
    public async Task A_double_may_have_more_digits_where_it_gives_them_back()
    {
        await using var file = await TestFile.OpenAsync("v\n1.5\n0.30000000000000004\n", new() { SampleRows = 1 });

        Assert.Equal([1.5, 0.30000000000000004], await TestFile.ValuesAsync(file, file.Describe("t", schema: null, [])));
    }

    [Fact]
    public async Task A_declared_type_takes_what_the_sample_did_not_show()
    {
        await using var file = await TestFile.OpenAsync("v,w,u\n1,1.123456789012345678,2024-01-01\n0,2,2024-01-02\n", new() { SampleRows = 1 });

        var values = await TestFile.ValuesAsync(file, TestFile.TableOf(("v", SqlType.Boolean), ("w", SqlType.Double), ("u", SqlType.Timestamp)));

        Assert.Equal([true, 1.123456789012345678, new DateTime(2024, 1, 1), false, 2.0, new DateTime(2024, 1, 2)], values);
    }

    [Fact]
    public async Task Fields_are_matched_to_columns_by_name_then_by_their_only_name_in_another_case()
    {
        await using var file = await TestFile.OpenAsync("ID,name,x,Y\n1,2,3,4\n");

        var fields = file.Bind(TestFile.TableOf(("id", SqlType.Integer), ("name", SqlType.Text), ("NAME", SqlType.Text), ("y", SqlType.Text))).Fields;

        Assert.Equal(["id", "name", "x", "y"], fields.Select(f => f.Name));
        Assert.Equal(["ID", "name", "x", "Y"], fields.Select(f => f.Origin));
        Assert.All(fields, f => Assert.True(f.IsParsed && f.ClrType == typeof(string)));
    }

    [Fact]
    public async Task Fields_that_the_sink_passes_over_are_not_parsed()
    {
        await using var file = await TestFile.OpenAsync("a,b,c\nx,2,\ny,3,4\n");
        var values = new List<object?>();
        var sink = new RecordingSink(values, field => field == 0);

        file.Bind(TestFile.TableOf(("a", SqlType.Integer), ("b", SqlType.Integer), ("c", SqlType.Integer))).Write([.. await TestFile.RowsAsync(file)], ref sink);

        Assert.Equal([2L, null, 3L, 4L], values);
    }
}
