
namespace Sluice.Files.Tests;

public class TypeTests
{
    [Theory]
    [InlineData(SqlTypeKind.Boolean, "true", "FALSE", "True")]
    [InlineData(SqlTypeKind.Text, "true", "yes")]
    [InlineData(SqlTypeKind.Integer, "0", "-1", "2147483647", "-2147483648")]
    [InlineData(SqlTypeKind.BigInt, "0", "2147483648")]
    [InlineData(SqlTypeKind.BigInt, "9223372036854775807", "-9223372036854775808")]
    [InlineData(SqlTypeKind.Numeric, "9223372036854775808")]
    [InlineData(SqlTypeKind.Text, "1", "00123")]
    [InlineData(SqlTypeKind.Text, "+5")]
    [InlineData(SqlTypeKind.Text, "00.5")]
    [InlineData(SqlTypeKind.Text, "5.")]
    [InlineData(SqlTypeKind.Text, "1", " 2")]
    [InlineData(SqlTypeKind.Text, "1,234")]
    [InlineData(SqlTypeKind.Text, "NaN")]
    [InlineData(SqlTypeKind.Text, "1.5", "Infinity")]
    [InlineData(SqlTypeKind.Text, "1e400")]
    [InlineData(SqlTypeKind.Text, "1e-400")]
    [InlineData(SqlTypeKind.Text, "0x10")]
    [InlineData(SqlTypeKind.Text, "１２")]
    [InlineData(SqlTypeKind.Double, "1.5", "-.5", "1e5", "0.0", "123456789.012345")]
    [InlineData(SqlTypeKind.Double, "1", "-0")]
    [InlineData(SqlTypeKind.Double, "7", "1.5")]
    [InlineData(SqlTypeKind.Double, "1.5", "1234567890.1234567")]
    [InlineData(SqlTypeKind.Double, "59.91386880000001", "9.5", "10")]
    [InlineData(SqlTypeKind.Double, "1.2345678901234568E-05", "2.2250738585072014E-308", "1e-310")]
    [InlineData(SqlTypeKind.Double, "1.5", "1234567890123456")]
    [InlineData(SqlTypeKind.Double, "9007199254740992", "0.5")]
    [InlineData(SqlTypeKind.Numeric, "0.5", "9007199254740993")]
    [InlineData(SqlTypeKind.Numeric, "9007199254740993", "0.5")]
    [InlineData(SqlTypeKind.BigInt, "9007199254740993", "5")]
    [InlineData(SqlTypeKind.Numeric, "1.5", "0.12345678901234567")]
    [InlineData(SqlTypeKind.Numeric, "1234567890123456789", "1.5")]
    [InlineData(SqlTypeKind.Text, "1.2345e-320")]
    [InlineData(SqlTypeKind.Text, "1.5", "1.23456789012345678E-05")]
    [InlineData(SqlTypeKind.Text, "1E5", "76E2")]
    [InlineData(SqlTypeKind.Text, "1E5", "12345")]
    [InlineData(SqlTypeKind.Text, "12345", "9223372036854775808", "1e5")]
    [InlineData(SqlTypeKind.Text, "0E1")]
    [InlineData(SqlTypeKind.Double, "1E-5", "2e+03")]
    [InlineData(SqlTypeKind.Text, "t", "f")]
    [InlineData(SqlTypeKind.Text, "inf")]
    [InlineData(SqlTypeKind.Text, "1-2-3")]
    [InlineData(SqlTypeKind.Text, "12:30")]
    [InlineData(SqlTypeKind.Text, "1_000")]
    [InlineData(SqlTypeKind.Text, "1 000")]
    [InlineData(SqlTypeKind.Text, "$5")]
    [InlineData(SqlTypeKind.Text, "1e5x")]
    [InlineData(SqlTypeKind.Text, "1.5", "2024-01-01")]
    [InlineData(SqlTypeKind.Date, "2024-02-29", "0001-01-01", "9999/12/31")]
    [InlineData(SqlTypeKind.Text, "2023-02-29")]
    [InlineData(SqlTypeKind.Text, "2024-13-01")]
    [InlineData(SqlTypeKind.Text, "2024-1-1")]
    [InlineData(SqlTypeKind.Text, "01/02/2024")]
    [InlineData(SqlTypeKind.Timestamp, "2001/01/01 00:47", "2024-12-31T23:59:59.123456")]
    [InlineData(SqlTypeKind.Text, "2024-12-31 24:00")]
    [InlineData(SqlTypeKind.Text, "2024-12-31 23:59:60")]
    [InlineData(SqlTypeKind.Text, "2024-12-31 23:59:59.12345678")]
    [InlineData(SqlTypeKind.Text, "2024-12-31T23:59:59.1234567")]
    [InlineData(SqlTypeKind.Text, "2024-12-31T23:59:59.1234567Z")]
    [InlineData(SqlTypeKind.Text, "9999-12-31 23:59:59.9999999")]
    [InlineData(SqlTypeKind.Timestamp, "2024-12-31T23:59:59.1234560", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-12-31T23:59:59.0000000+02:00")]
    [InlineData(SqlTypeKind.Text, "2024-12-31", "2024-12-31 23:59")]
    [InlineData(SqlTypeKind.TimestampTz, "2024-12-31T23:59:59Z", "2024-12-31 23:59:59.5+01:30", "2024-12-31 23:59-05")]
    [InlineData(SqlTypeKind.Text, "2024-12-31T23:59:59Z", "2024-12-31T23:59:59")]
    [InlineData(SqlTypeKind.Text, "7d444840-9dc0-11d1-b245-5ffdce74fad2", "7D444840-9DC0-11D1-B245-5FFDCE74FAD2")]
    [InlineData(SqlTypeKind.Text, "7d4448409dc011d1b2455ffdce74fad2")]
    [InlineData(SqlTypeKind.Text, "x", "1")]
    [InlineData(SqlTypeKind.Text, "\"\"", "1")]
    public async Task A_column_has_the_narrowest_type_that_gives_all_values_back(SqlTypeKind kind, params string[] values)
    {
        await using var file = await TestFile.OpenAsync("v,n\n" + string.Concat(values.Select(v => $"{(v.Contains(',', StringComparison.Ordinal) ? $"\"{v}\"" : v)},x\n")) + ",x\n", new() { HasHeader = true, Delimiter = ',' });

        Assert.Equal(kind, file.Columns[0].Type.Kind);
        Assert.True(file.Columns[0].IsNullable);
        Assert.False(file.Columns[1].IsNullable);
    }

    [Fact]
    public async Task A_column_without_values_is_text()
    {
        await using var file = await TestFile.OpenAsync("a,b\n,1\n,2\n", new() { HasHeader = true });

        Assert.Equal([SqlTypeKind.Text, SqlTypeKind.Integer], file.Columns.Select(c => c.Type.Kind));
    }

    [Fact]
    public async Task Types_that_are_told_replace_the_detected_ones()
    {
        await using var file = await TestFile.OpenAsync("a, b \n1,2\n", new() { Types = new Dictionary<string, SqlType> { ["b"] = SqlType.Text, ["a"] = SqlType.Decimal(8, 2) } });

        Assert.Equal(["numeric(8,2)", "text"], file.Columns.Select(c => c.Type.ToString()));
    }

    [Fact]
    public async Task Only_the_sample_decides()
    {
        await using var file = await TestFile.OpenAsync("a\n1\n2\nx\n", new() { SampleRows = 2 });

        Assert.Equal((SqlTypeKind.Integer, 2), (file.Columns[0].Type.Kind, file.SampledRows));
    }

    [Fact]
    public async Task A_table_is_described_with_its_key()
    {
        await using var file = await TestFile.OpenAsync("id,no,name\n1,2,x\n");

        var table = file.Describe("t", "s", ["no", "id"]);

        Assert.Equal("s.t", table.QualifiedName);
        Assert.Equal(["no", "id"], table.PrimaryKey.Select(c => c.Name));
        Assert.Equal([("id", SqlTypeKind.Integer, false), ("no", SqlTypeKind.Integer, false), ("name", SqlTypeKind.Text, true)], table.Columns.Select(c => (c.Name, c.Type.Kind, c.IsNullable)));
        var e = Assert.Throws<BulkPlanException>(() => file.Describe("t", schema: null, ["x", "id", "y"]));
        Assert.Contains("'x', 'y', which the key names", e.Message, StringComparison.Ordinal);
    }
}
