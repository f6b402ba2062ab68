
namespace Sluice.Files.Tests;

public class JsonLinesTests
{
    [Fact]
    public async Task Columns_are_the_keys_in_order_of_first_appearance_and_a_missing_key_is_null()
    {
        await using var file = await Open("""
            {"b":1,"a":"x"}

            {"a":"","c":null}
            {"c":true,"b":2}
            {}
            """);

        Assert.Equal(["b", "a", "c"], file.Columns.Select(c => c.Name));
        Assert.Equal([SqlTypeKind.Integer, SqlTypeKind.Text, SqlTypeKind.Boolean], file.Columns.Select(c => c.Type.Kind));
        Assert.Equal([["1", "x", null], [null, "", null], ["2", null, "true"], [null, null, null]], await TestFile.ReadAsync(file));
    }

    [Fact]
    public async Task Numbers_and_nested_values_keep_their_text()
    {
        await using var file = await Open("""
            {"n":1.10,"o":{"x": [1, "é"]},"s":"\u0041\n\u0000\ud83d\ude00"}
            {"n":12345678901234567890.5,"o":[ ],"s":"b"}
            """);

        Assert.Equal([["1.10", "{\"x\": [1, \"é\"]}", "A\n\0\U0001F600"], ["12345678901234567890.5", "[ ]", "b"]], await TestFile.ReadAsync(file));
        Assert.Equal([SqlTypeKind.Numeric, SqlTypeKind.Json, SqlTypeKind.Text], file.Columns.Select(c => c.Type.Kind));
    }

    [Theory]
    [InlineData("\"1\"", "\"2\"", SqlTypeKind.Text)]
    [InlineData("\"true\"", "\"false\"", SqlTypeKind.Text)]
    [InlineData("1", "\"2\"", SqlTypeKind.Text)]
    [InlineData("1", "2.5", SqlTypeKind.Double)]
    [InlineData("1", "true", SqlTypeKind.Text)]
    [InlineData("{}", "[1]", SqlTypeKind.Json)]
    [InlineData("{}", "null", SqlTypeKind.Json)]
    [InlineData("{}", "\"x\"", SqlTypeKind.Text)]
    [InlineData("\"2024-01-01\"", "\"2024-01-02\"", SqlTypeKind.Date)]
    [InlineData("\"2001/01/01 00:47\"", "null", SqlTypeKind.Timestamp)]
    [InlineData("null", "null", SqlTypeKind.Text)]
    [InlineData("1e5", "1E3", SqlTypeKind.Double)]
    [InlineData("1e5", "7", SqlTypeKind.Double)]
    [InlineData("\"1e5\"", "\"1e6\"", SqlTypeKind.Text)]
    [InlineData("59.91386880000001", "1", SqlTypeKind.Double)]
    [InlineData("0.12345678901234567", "1e5", SqlTypeKind.Numeric)]
    [InlineData("\"7d444840-9dc0-11d1-b245-5ffdce74fad2\"", "null", SqlTypeKind.Text)]
    [InlineData("\"2024-01-01T00:00:00.1234567\"", "null", SqlTypeKind.Text)]
    public async Task A_string_is_text_unless_it_is_a_date(string first, string second, SqlTypeKind kind)
    {
        await using var file = await Open($"{{\"v\":{first}}}\n{{\"v\":{second}}}\n");

        Assert.Equal(kind, Assert.Single(file.Columns).Type.Kind);
    }

    [Theory]
    [InlineData("{\"a\":1}\n[1]\n", "SLU0529", "a JSON array, but an object")]
    [InlineData("{\"a\":1}\n5\n", "SLU0529", "a single JSON value")]
    [InlineData("{\"a\":1}\n{\"a\":1} x\n", "SLU0512", "line 2 is not one well-formed JSON object (at byte 16")]
    [InlineData("{\"a\":1}\n{\"a\":1}{\"a\":2}\n", "SLU0512", "line 2 is not one")]
    [InlineData("{\"a\":1}\n{\"a\":1\n", "SLU0512", "line 2 is not one")]
    [InlineData("{\"a\":1}\n{\"a\":01}\n", "SLU0512", "line 2 is not one")]
    [InlineData("{\"a\":1}\n{\"a\":\"\\ud800\"}\n", "SLU0512", "line 2 is not one")]
    [InlineData("{\"a\":1}\n{\"a\":1,\"a\":2}\n", "SLU0513", "line 2: the object has the key 'a' twice")]
    [InlineData("{\"a\":1}\n{\"a\":1,\"\\u0061\":2}\n", "SLU0513", "line 2: the object has the key 'a' twice")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "SLU0514", "line 2: the key 'b' is not among those of the sampled rows ('a')")]
    public async Task A_line_that_is_not_a_well_formed_object_is_refused(string text, string code, string problem)
    {
        foreach (var sampled in code == "SLU0514" ? new[] { 1 } : [1, 100])
        {
            var e = await TestFile.RefusedAsync(text, new() { SampleRows = sampled }, "test.jsonl");

            Assert.Equal((code, 2L, false), (e.Code, e.Line, e.IsUnreadable));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keys_that_are_no_names_are_listed()
    {
        var e = await TestFile.RefusedAsync("{\"a\":1,\" a\":2,\"\":3}\n", options: null, "test.jsonl");

        Assert.Equal("SLU0510", e.Code);
        Assert.Contains("header 'a' over columns 1, 2; no header over column 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_beyond_the_limit_is_refused()
    {
        var e = await TestFile.RefusedAsync("{\"a\":1}\n{\"a\":\"" + new string('x', 2_000) + "\"}\n", new() { MaxRowBytes = 1_000 }, "test.jsonl");

        Assert.Equal(("SLU0509", 2L), (e.Code, e.Line));
    }

    [Fact]
    public async Task Rows_beyond_every_buffer_are_read_with_their_lines()
    {
        var large = new string('é', 300_000);

        await using var file = await Open($"{{\"a\":1,\"b\":\"{large}\"}}\r\n\r\n{{\"b\":\"x\",\"a\":2}}\r\n{{\"a\":3}}", new() { SampleRows = 1 });
        var rows = await TestFile.RowsAsync(file);

        Assert.Equal([1, 3, 4], rows.Select(r => r.Line));
        Assert.Equal([large, "x", null], rows.Select(r => r[1]));
    }

    static Task<FileRows> Open(string text, FileReadOptions? options = null) => TestFile.OpenAsync(text, options, "test.jsonl");
}
