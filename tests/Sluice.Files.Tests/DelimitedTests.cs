namespace Sluice.Files.Tests;

public class DelimitedTests
{
    [Fact]
    public async Task Empty_is_null_and_quoted_empty_is_text()
    {
        var rows = await TestFile.ReadAsync("a,b,c\n,\"\",x\n\"\",,\"\"\n1,2,\n");

        Assert.Equal([[null, "", "x"], ["", null, ""], ["1", "2", null]], rows);
    }

    [Fact]
    public async Task The_null_text_is_null_only_without_quotes()
    {
        var rows = await TestFile.ReadAsync("a,b,c\nNULL,\"NULL\",\nNULL,x,NULLS\n", new() { NullText = "NULL" });

        Assert.Equal([[null, "NULL", null], [null, "x", "NULLS"]], rows);
    }

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a,b\n1,x\n2,y")]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("a,b\r1,x\r2,y\r")]
    [InlineData("a,b\r1,x\r2,y")]
    [InlineData("a,b\r\n1,x\n2,y\r")]
    [InlineData("\n\na,b\n\n1,x\n\r\n\n2,y\n\n\n")]
    public async Task Line_breaks_of_all_kinds_end_rows_and_blank_lines_are_passed_over(string text) =>
        Assert.Equal([["1", "x"], ["2", "y"]], await TestFile.ReadAsync(text));

    [Fact]
    public async Task Rows_know_the_line_they_begin_on()
    {
        await using var file = await TestFile.OpenAsync("\na,b\r\n1,\"x\ny\r\nz\"\r\n\r\n2,y\r3,\"\r\"\n4,w");

        var rows = await TestFile.RowsAsync(file);

        Assert.Equal([3, 7, 8, 10], rows.Select(r => r.Line));
        Assert.Equal("x\ny\r\nz", rows[0][1]);
        Assert.Equal("test.csv line 7", file.Locate(rows[1]));
    }

    [Fact]
    public async Task Quotes_keep_delimiters_line_breaks_and_doubled_quotes()
    {
        var rows = await TestFile.ReadAsync("a,b\n\"x,\"\"y\"\"\n,\",\" blank \"\n\"\"\"\",z\n");

        Assert.Equal([["x,\"y\"\n,", " blank "], ["\"", "z"]], rows);
    }

    [Fact]
    public async Task Blanks_around_fields_are_kept() =>
        Assert.Equal([[" x ", "\ty"]], await TestFile.ReadAsync("a,b\n x ,\ty\n", new() { Delimiter = ',' }));

    [Fact]
    public async Task Nul_characters_are_not_lost() =>
        Assert.Equal([["x\0y", "\0"]], await TestFile.ReadAsync("a,b\nx\0y,\0\n"));

    [Fact]
    public async Task Without_a_quote_character_quotes_are_text()
    {
        var rows = await TestFile.ReadAsync("a,b\n5\" pipe,\"x\n", new() { Quote = '\0' });

        Assert.Equal([["5\" pipe", "\"x"]], rows);
    }

    [Fact]
    public async Task Another_quote_and_delimiter_can_be_told()
    {
        var rows = await TestFile.ReadAsync("a~b\n'x~''y'~\"z\"\n", new() { Delimiter = '~', Quote = '\'' });

        Assert.Equal([["x~'y", "\"z\""]], rows);
    }

    [Fact]
    public async Task A_row_larger_than_every_buffer_is_read_whole()
    {
        var large = string.Concat(Enumerable.Repeat("0123456789\u00e9\U0001F600\"\"\n", 40_000));

        var rows = await TestFile.ReadAsync($"a,b\n1,\"{large}\"\n2,x\n");

        Assert.Equal(large.Replace("\"\"", "\"", StringComparison.Ordinal), rows[0][1]);
        Assert.Equal(new string?[] { "2", "x" }, rows[1]);
    }

    [Fact]
    public async Task Characters_of_two_halves_survive_every_place_in_the_buffers()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var text = new string('x', shift) + string.Concat(Enumerable.Repeat("\U0001F600", 70_000));

            Assert.Equal([[text]], await TestFile.ReadAsync($"a\n{text}\n", new() { HasHeader = true }));
        }
    }

    [Fact]
    public async Task Two_thousand_columns_are_read()
    {
        var names = Enumerable.Range(1, 2_000).Select(i => $"c{i}").ToArray();

        var rows = await TestFile.ReadAsync($"{string.Join(',', names)}\n{string.Join(',', names)}\n{string.Join(',', names)}\n");

        Assert.Equal([names, names], rows);
    }
}
