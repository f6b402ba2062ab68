namespace Sluice.Files.Tests;

public class DetectionTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ',', FileFormat.Csv)]
    [InlineData("a;b\n1,5;2,5\n3,5;4,5\n", ';', FileFormat.Csv)]
    [InlineData("a\tb\n1\t2,3\n", '\t', FileFormat.Tsv)]
    [InlineData("a|b|c\n1|2,3|x\n", '|', FileFormat.Csv)]
    [InlineData("a;b\n\"x,y,z\";2\n\"u,v,w\";3\n", ';', FileFormat.Csv)]
    [InlineData("a\n1\n2\n", ',', FileFormat.Csv)]
    [InlineData("a,b\n\"x;y\n;z\",2\n\"u;v\",3\n", ',', FileFormat.Csv)]
    public async Task The_delimiter_is_what_divides_rows_evenly(string text, char delimiter, FileFormat format)
    {
        await using var file = await TestFile.OpenAsync(text, options: null, name: "stdin");

        Assert.Equal((delimiter, format, true), (file.Dialect.Delimiter, file.Dialect.Format, file.Dialect.HasHeader));
    }

    [Theory]
    [InlineData("x.csv", "a;b\n1;2\n", FileFormat.Csv, ';')]
    [InlineData("x.tsv", "a\tb,c\n1\t2\n", FileFormat.Tsv, '\t')]
    [InlineData("x.TAB", "a\tb\n1\t2\n", FileFormat.Tsv, '\t')]
    [InlineData("x.jsonl", "{\"a\":1}", FileFormat.JsonLines, '\0')]
    [InlineData("x.ndjson", "{\"a\":1}", FileFormat.JsonLines, '\0')]
    [InlineData("x", " \n{\"a\":1}", FileFormat.JsonLines, '\0')]
    [InlineData("x.txt", "a|b\n1|2\n", FileFormat.Csv, '|')]
    public async Task The_format_follows_from_the_name_else_from_the_content(string name, string text, FileFormat format, char delimiter)
    {
        await using var file = await TestFile.OpenAsync(text, options: null, name);

        Assert.Equal((format, delimiter), (file.Dialect.Format, file.Dialect.Delimiter));
    }

    [Fact]
    public async Task What_is_told_is_not_detected()
    {
        await using var file = await TestFile.OpenAsync("{\"a\":1};b\n", new() { Format = FileFormat.Tsv, HasHeader = true, Quote = '\0' }, "x.jsonl");

        Assert.Equal(new FileDialect(FileFormat.Tsv, FileCompression.None, '\t', '\0', HasHeader: true, HasByteOrderMark: false), file.Dialect);
        Assert.Equal("{\"a\":1};b", Assert.Single(file.Columns).Name);
    }

    [Theory]
    [InlineData("id,name\n1,x\n2,y\n", true)]
    [InlineData("1,x\n2,y\n", false)]
    [InlineData("name,city\nx,y\n", true)]
    [InlineData("2024-01-01,x\n2024-01-02,y\n", false)]
    [InlineData("when,x\n2024-01-02,y\n", true)]
    [InlineData("1,2,3\n", false)]
    [InlineData("a,b,c\n", true)]
    [InlineData("country,year\nUSA,\nFRA,\n", true)]
    [InlineData("x,1\ny,\nz,3\n", false)]
    public async Task The_first_row_names_the_columns_unless_it_looks_like_the_others(string text, bool hasHeader)
    {
        await using var file = await TestFile.OpenAsync(text, new() { Delimiter = ',' });

        Assert.Equal(hasHeader, file.Dialect.HasHeader);
        Assert.Equal(hasHeader ? text.Split('\n')[0].Split(',') : ["column1", "column2", "column3"], file.Columns.Select(c => c.Name).Concat(hasHeader ? [] : ["column3"]).Distinct());
        Assert.Equal(text.Count(c => c == '\n') - (hasHeader ? 1 : 0), (await TestFile.ReadAsync(file)).Count);
    }

    [Fact]
    public async Task A_header_alone_gives_text_columns_and_no_rows()
    {
        await using var file = await TestFile.OpenAsync("a,b\n");

        Assert.All(file.Columns, c => Assert.Equal((SqlTypeKind.Text, true), (c.Type.Kind, c.IsNullable)));
        Assert.Empty(await TestFile.ReadAsync(file));
        Assert.Equal(0, file.SampledRows);
    }

    [Fact]
    public async Task Without_a_header_all_rows_are_rows()
    {
        await using var file = await TestFile.OpenAsync("a,1\nb,2\n", new() { HasHeader = false });

        Assert.Equal(["column1", "column2"], file.Columns.Select(c => c.Header));
        Assert.Equal([["a", "1"], ["b", "2"]], await TestFile.ReadAsync(file));
    }

    [Theory]
    [InlineData("data/orders 2024.csv", "orders 2024")]
    [InlineData("orders.csv.gz", "orders")]
    [InlineData("orders.jsonl.br", "orders")]
    [InlineData("a.b.tsv", "a.b")]
    [InlineData("stdin", "stdin")]
    public async Task The_table_is_named_after_the_file(string name, string table)
    {
        await using var file = await TestFile.OpenAsync("{\"a\":1}", new() { Format = FileFormat.JsonLines, Compression = FileCompression.None }, name);

        Assert.Equal((table, Path.GetFileName(name)), (file.TableName, file.Name));
    }

    [Fact]
    public async Task Names_are_the_headers_without_surrounding_blanks_or_what_they_are_mapped_to()
    {
        var options = new FileReadOptions { Map = new Dictionary<string, string> { ["Cost Total $"] = "cost", ["b"] = "B" } };

        await using var file = await TestFile.OpenAsync("Airport Name, Cost Total $ ,b,\"x\"\"; DROP TABLE t\"\nx,1,2,3\n", options);

        Assert.Equal(["Airport Name", "cost", "B", "x\"; DROP TABLE t"], file.Columns.Select(c => c.Name));
        Assert.Equal(["Airport Name", " Cost Total $ ", "b", "x\"; DROP TABLE t"], file.Columns.Select(c => c.Header));
    }

    [Fact]
    public async Task Headers_that_options_name_and_the_file_lacks_are_listed_together()
    {
        var map = new Dictionary<string, string> { ["x"] = "a", ["a"] = "c", ["y"] = "b" };
        var types = new Dictionary<string, SqlType> { ["z"] = SqlType.Text };

        var mapping = await Assert.ThrowsAsync<BulkPlanException>(() => TestFile.OpenAsync("a,b\n1,2\n", new() { Map = map }));
        var typing = await Assert.ThrowsAsync<BulkPlanException>(() => TestFile.OpenAsync("a,b\n1,2\n", new() { Types = types }));
        var twice = await Assert.ThrowsAsync<BulkPlanException>(() => TestFile.OpenAsync("a,b\n1,2\n", new() { Map = new Dictionary<string, string> { ["a"] = "b" } }));

        Assert.Contains("no header 'x', 'y'", mapping.Message, StringComparison.Ordinal);
        Assert.Contains("Its headers are 'a', 'b'", mapping.Message, StringComparison.Ordinal);
        Assert.Contains("'z'", typing.Message, StringComparison.Ordinal);
        Assert.Contains("'a', 'b' would all fill the column 'b'", twice.Message, StringComparison.Ordinal);
    }
}
