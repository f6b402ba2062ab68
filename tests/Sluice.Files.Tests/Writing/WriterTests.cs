using Sluice.Rows;

namespace Sluice.Files.Tests.Writing;

public sealed class WriterTests : IDisposable
{
    static readonly FileWriteOptions s_csv = new() { Format = FileFormat.Csv };
    static readonly FileWriteOptions s_json = new() { Format = FileFormat.JsonLines };

    readonly string _folder = Directory.CreateTempSubdirectory("sluice-writer").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Null_is_nothing_and_the_empty_text_is_two_quotes() =>
        Assert.Equal("c1,c2,c3\n,\"\",x\n", await Written.TextAsync(Written.Texts([[null, "", "x"]]), s_csv));

    [Fact]
    public async Task A_text_like_the_one_that_means_null_has_quotes() =>
        Assert.Equal("c1,c2\nNULL,\"NULL\"\n", await Written.TextAsync(Written.Texts([[null, "NULL"]]), s_csv with { NullText = "NULL" }));

    public static TheoryData<object, string> LikeNull => new()
    {
        { 0L, "0" }, { 1.5, "1.5" }, { 1.50m, "1.50" }, { true, "true" }, { new DateOnly(2024, 2, 29), "2024-02-29" }, { new TimeOnly(1, 2, 3), "01:02:03" },
        { new Guid("7d444840-9dc0-11d1-b245-5ffdce74fad2"), "7d444840-9dc0-11d1-b245-5ffdce74fad2" }, { new byte[] { 255 }, "\\xff" }, { TimeSpan.FromDays(1), "1.00:00:00" },
    };

    [Theory]
    [MemberData(nameof(LikeNull))]
    public async Task A_value_like_the_text_that_means_null_has_quotes(object value, string text)
    {
        var written = await Written.TextAsync(RowSource.From(["v", "w"], [[value, null], [null, value]]), s_csv with { NullText = text });
        Assert.Equal($"v,w\n\"{text}\",{text}\n{text},\"{text}\"\n", written);
        Assert.Equal([[text, null], [null, text]], await TestFile.ReadAsync(written, new() { HasHeader = true, NullText = text }));
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("\"x\"")]
    [InlineData("a\nb")]
    [InlineData("\r")]
    public async Task A_text_for_null_that_needs_quotes_is_refused(string text)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Written.TextAsync(Written.Texts([["a", null]]), s_csv with { NullText = text }));
        if (text is "a,b")
            Assert.Equal("c1;c2\na;a,b\n", await Written.TextAsync(Written.Texts([["a", null]]), s_csv with { NullText = text, Delimiter = ';' }));
    }

    [Fact]
    public async Task What_ends_the_data_of_a_copy_has_quotes_where_it_stands_alone()
    {
        Assert.Equal("c1\n\"\\.\"\n", await Written.TextAsync(Written.Texts([["\\."]]), s_csv));
        Assert.Equal("c1,c2\n\\.,a\n", await Written.TextAsync(Written.Texts([["\\.", "a"]]), s_csv));
    }

    public static TheoryData<object, string, string> Values => new()
    {
        { true, "true", "true" },
        { long.MinValue, "-9223372036854775808", "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615", "18446744073709551615" },
        { 0.1f, "0.1", "0.1" },
        { 0.1, "0.1", "0.1" },
        { double.MaxValue, "1.7976931348623157E+308", "1.7976931348623157E+308" },
        { double.Epsilon, "5E-324", "5E-324" },
        { -0.0, "-0", "-0" },
        { double.NaN, "NaN", "\"NaN\"" },
        { double.PositiveInfinity, "Infinity", "\"Infinity\"" },
        { 1.10m, "1.10", "1.10" },
        { decimal.MinValue, "-79228162514264337593543950335", "-79228162514264337593543950335" },
        { new DateOnly(2024, 2, 29), "2024-02-29", "\"2024-02-29\"" },
        { new TimeOnly(1, 2, 3, 4, 5), "01:02:03.004005", "\"01:02:03.004005\"" },
        { new TimeSpan(1, 2, 3, 4), "1.02:03:04", "\"1.02:03:04\"" },
        { new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Unspecified).AddTicks(1), "2024-02-29T01:02:03.0000001", "\"2024-02-29T01:02:03.0000001\"" },
        { new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), "2024-02-29T01:02:03Z", "\"2024-02-29T01:02:03Z\"" },
        { new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-3.5)), "2024-02-29T01:02:03-03:30", "\"2024-02-29T01:02:03-03:30\"" },
        { new Guid("7d444840-9dc0-11d1-b245-5ffdce74fad2"), "7d444840-9dc0-11d1-b245-5ffdce74fad2", "\"7d444840-9dc0-11d1-b245-5ffdce74fad2\"" },
        { new byte[] { 0, 255 }, "\\x00ff", "\"\\\\x00ff\"" },
        { Array.Empty<byte>(), "\\x", "\"\\\\x\"" },
        { new int?[] { 1, null }, "\"{\"\"1\"\",NULL}\"", "[1,null]" },
        { new[] { "a\"b", "", "NULL" }, "\"{\"\"a\\\"\"b\"\",\"\"\"\",\"\"NULL\"\"}\"", "[\"a\\\"b\",\"\",\"NULL\"]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_written_with_all_that_it_holds(object value, string csv, string json)
    {
        Assert.Equal($"v\n{csv}\n", await Written.TextAsync(RowSource.From(["v"], [[value]]), s_csv));
        Assert.Equal($$"""{"v":{{json}}}""" + "\n", await Written.TextAsync(RowSource.From(["v"], [[value]]), s_json));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@a")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task What_a_spreadsheet_would_run_gets_an_apostrophe_where_that_was_asked_for(string formula)
    {
        Assert.Equal($"\"'{formula}\"\n", await Written.TextAsync(RowSource.From([formula], []), s_csv with { ExcelSafe = true }));
        Assert.Equal($"v\n\"'{formula}\"\n-1\n", await Written.TextAsync(RowSource.From(["v"], [[formula], [-1L]]), s_csv with { ExcelSafe = true }));
        Assert.Equal(formula, Assert.Single((await TestFile.ReadAsync(await Written.TextAsync(RowSource.From(["v"], [[formula]]), s_csv), new() { HasHeader = true }))[0]));
    }

    [Fact]
    public async Task No_value_in_the_only_column_is_a_line_without_characters()
    {
        Assert.Equal("c1\na\n\n\"\"\n", await Written.TextAsync(Written.Texts([["a"], [null], [""]]), s_csv));
        Assert.Equal("c1\na\nNULL\n", await Written.TextAsync(Written.Texts([["a"], [null]]), s_csv with { NullText = "NULL" }));
        Assert.Equal("{\"c1\":null}\n", await Written.TextAsync(Written.Texts([[null]]), s_json));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_with_its_place()
    {
        var e = await Assert.ThrowsAsync<FileSinkException>(() => Written.TextAsync(Written.Texts([["a", "b"], ["c", "d\ud800"]]), s_csv));
        Assert.Equal(("SLU0518", 2L, "c2"), (e.Code, e.RowNumber, e.Column));
    }

    [Fact]
    public async Task A_type_without_a_text_of_its_own_is_refused()
    {
        var e = await Assert.ThrowsAsync<FileSinkException>(() => Written.TextAsync(RowSource.From(["v"], [[new object()]]), s_csv));
        Assert.Contains("System.Object", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FileSinkException>(() => Written.TextAsync(RowSource.From(["v"], [[new int[][] { [1] }]]), s_csv));
    }

    [Fact]
    public async Task A_file_has_its_name_only_when_it_is_complete()
    {
        var path = Path.Combine(_folder, "out.csv");
        var result = await FileWriter.WriteAsync(Written.Texts([["a", "b"]]), path, cancellationToken: Stop);
        Assert.Equal((1L, 10L), (result.Rows, result.Bytes));
        Assert.Equal("SLU0516", (await Assert.ThrowsAsync<FileSinkException>(() => FileWriter.WriteAsync(Written.Texts([["x", "y"]]), path, cancellationToken: Stop))).Code);

        var overwrite = new FileWriteOptions { Overwrite = true };
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => FileWriter.WriteAsync(RowSource.From(["a"], Broken()), path, overwrite, cancellationToken: Stop));
        Assert.Equal("c1,c2\na,b\n", await File.ReadAllTextAsync(path, Stop));
        await FileWriter.WriteAsync(Written.Texts([["x", "y"]]), path, overwrite, cancellationToken: Stop);
        Assert.Equal("c1,c2\nx,y\n", await File.ReadAllTextAsync(path, Stop));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    static IEnumerable<object?[]> Broken()
    {
        for (var i = 0; i < 100_000; i++)
            yield return [i];
        throw new InvalidTimeZoneException();
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told_before_rows_are_read()
    {
        Assert.Equal("SLU0515", (await Assert.ThrowsAsync<FileSinkException>(() => FileWriter.WriteAsync(RowSource.From(["a"], Broken()), _folder, cancellationToken: Stop))).Code);
        var missing = Path.Combine(_folder, "nowhere", "out.csv");
        Assert.Equal("SLU0515", (await Assert.ThrowsAsync<FileSinkException>(() => FileWriter.WriteAsync(RowSource.From(["a"], Broken()), missing, cancellationToken: Stop))).Code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_failure_says_what_is_left_of_a_stream_and_of_a_file()
    {
        var stream = await Assert.ThrowsAsync<FileSinkException>(() => Written.TextAsync(Written.Texts([["a"], ["\ud800"]]), s_csv));
        Assert.Contains("What was written before is not the whole.", stream.Message, StringComparison.Ordinal);
        var file = await Assert.ThrowsAsync<FileSinkException>(() => FileWriter.WriteAsync(Written.Texts([["a"], ["\ud800"]]), Path.Combine(_folder, "out.csv"), s_csv, cancellationToken: Stop));
        Assert.Contains("A file of the name is as it was before.", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_with_different_columns_are_no_file()
    {
        Dictionary<string, object?>[] rows = [new() { ["a"] = 1 }, new() { ["b"] = 2 }];
        var e = await Assert.ThrowsAsync<FileSinkException>(() => Written.TextAsync(RowSource.From(rows, DictionaryKeys.Group), s_csv));
        Assert.Equal("SLU0519", e.Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
