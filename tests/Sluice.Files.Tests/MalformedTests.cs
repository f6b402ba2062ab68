namespace Sluice.Files.Tests;

public class MalformedTests
{
    [Fact]
    public async Task An_unclosed_quote_at_the_end_names_the_line_where_its_field_begins()
    {
        var e = await TestFile.RefusedAsync("a,b\n1,\"x\ny\"\n2,\"open\n3,z\n4,w\n");

        Assert.Equal(("SLU0506", 4L, "b", false), (e.Code, e.Line, e.Column, e.IsUnreadable));
        Assert.Contains("'test.csv' line 4, column 'b'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,\"x\"\"")]
    [InlineData("a,b\n1,\"")]
    [InlineData("a,b\n1,\"\"\"")]
    [InlineData("a,b\n1,\"x\n")]
    [InlineData("a,b\n1,\"x\"\"\n")]
    public async Task A_quote_that_only_looks_closed_at_the_end_is_not(string text)
    {
        var e = await TestFile.RefusedAsync(text);

        Assert.Equal(("SLU0506", 2L), (e.Code, e.Line));
    }

    [Fact]
    public async Task An_unclosed_quote_does_not_swallow_the_file()
    {
        var text = "a,b\n1,x\n2,\"open\n" + string.Concat(Enumerable.Repeat("3,some more text here\n", 100_000));

        var e = await TestFile.RefusedAsync(text, new() { MaxRowBytes = 100_000 });

        Assert.Equal(("SLU0506", 3L, "b"), (e.Code, e.Line, e.Column));
        Assert.Contains("within 100,000 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_unclosed_quote_closes_the_first_and_is_refused_for_what_follows()
    {
        var e = await TestFile.RefusedAsync("a,b\n1,\"x\n2,\"y\n3,z\n");

        Assert.Equal(("SLU0507", 3L), (e.Code, e.Line));
        Assert.Contains("the field that begins on line 2", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task A_row_may_have_as_many_bytes_as_the_limit(int bytes, bool fits)
    {
        var row = "1," + new string('x', bytes - 5) + "é\n";
        var options = new FileReadOptions { MaxRowBytes = 1_000 };

        if (fits)
            Assert.Single(await TestFile.ReadAsync("a,b\n" + row, options));
        else
            Assert.Equal(("SLU0509", 2L), await CodeAndLine("a,b\n" + row, options));
    }

    [Theory]
    [InlineData("a,b\n1,5\" pipe\n", 2, 4)]
    [InlineData("a,b\n1,x\n\"y\" z,2\n", 3, 4)]
    [InlineData("a,b\n\"u\nv\"w,2\n", 3, 3)]
    [InlineData("a,b\n \"y\",2\n", 2, 2)]
    [InlineData("a,b\n\"x\"y\",2\n", 2, 4)]
    public async Task A_stray_quote_is_named_with_line_and_character(string text, long line, int character)
    {
        var e = await TestFile.RefusedAsync(text, new() { Delimiter = ',' });

        Assert.Equal(("SLU0507", line), (e.Code, e.Line));
        Assert.Contains($"line {line}, character {character}", e.Message, StringComparison.Ordinal);
        Assert.Contains("set another quote", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n\n4,5\n", "line 4 has 2 fields, but the header names 3")]
    [InlineData("a,b,c\n1,2,3\n4,5,6,7\n", "line 3 has 4 fields, but the header names 3")]
    [InlineData("a,b\n1\n", "line 2 has 1 field, but the header names 2")]
    public async Task A_ragged_row_is_refused_with_both_counts(string text, string problem)
    {
        var e = await TestFile.RefusedAsync(text, new() { Delimiter = ',' });

        Assert.Equal("SLU0508", e.Code);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_before_a_malformed_one_are_read()
    {
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},x\n")) + "10\n";
        await using var file = await TestFile.OpenAsync(text, new() { SampleRows = 2 });
        var rows = new FileRow[20];

        Assert.Equal(2, await file.ReadAsync(rows, TestContext.Current.CancellationToken));
        Assert.Equal(8, await file.ReadAsync(rows.AsMemory(0, 8), TestContext.Current.CancellationToken));
        var e = await Assert.ThrowsAsync<FileSourceException>(() => file.ReadAsync(rows, TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(12, e.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(" \t\r\n ")]
    [InlineData("\uFEFF")]
    public async Task A_file_without_content_is_refused(string text)
    {
        foreach (var name in new[] { "test.csv", "test.jsonl", "test.csv.gz" })
        {
            if (text.Length > 0 && name.EndsWith(".gz", StringComparison.Ordinal))
                continue;
            var e = await TestFile.RefusedAsync(text, options: null, name);
            Assert.Equal(("SLU0503", false), (e.Code, e.IsUnreadable));
        }
    }

    [Fact]
    public async Task Duplicate_and_empty_headers_are_listed_all_at_once()
    {
        var e = await TestFile.RefusedAsync("id,,name,id, name ,,x\n1,2,3,4,5,6,7\n");

        Assert.Equal("SLU0510", e.Code);
        Assert.Contains("header 'id' over columns 1, 4", e.Message, StringComparison.Ordinal);
        Assert.Contains("no headers over columns 2, 6", e.Message, StringComparison.Ordinal);
        Assert.Contains("header 'name' over columns 3, 5", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delimiter_that_is_the_quote_is_a_misuse() =>
        await Assert.ThrowsAsync<ArgumentException>(() => TestFile.OpenAsync("a", new() { Delimiter = '"' }));

    static async Task<(string, long?)> CodeAndLine(string text, FileReadOptions options)
    {
        var e = await TestFile.RefusedAsync(text, options);
        return (e.Code, e.Line);
    }
}
