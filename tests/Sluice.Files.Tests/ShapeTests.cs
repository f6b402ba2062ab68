using System.IO.Compression;
using System.Text;

namespace Sluice.Files.Tests;

/// <summary>What makes a row, a header and a value where a file's shape leaves room for doubt.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("a\nx\n\ny\n\n")]
    [InlineData("a\r\nx\r\n\r\ny\r\n\r\n")]
    [InlineData("a\rx\r\ry\r\r")]
    [InlineData("\n\na\nx\n\ny\n\n")]
    public async Task In_a_file_of_one_column_an_empty_line_is_a_row(string text)
    {
        foreach (var piece in new[] { 1, 3, 100 })
        {
            await using var file = await TestFile.OpenAsync(Encoding.UTF8.GetBytes(text), new() { HasHeader = true }, piece: piece);
            Assert.Equal([["x"], [null], ["y"], [null]], await TestFile.ReadAsync(file));
        }
    }

    [Fact]
    public async Task Behind_the_last_line_break_there_is_no_row()
    {
        Assert.Equal([["x"], [null]], await TestFile.ReadAsync("a\nx\n\n", new() { HasHeader = true }));
        Assert.Equal([["x"]], await TestFile.ReadAsync("a\nx\n", new() { HasHeader = true }));
        Assert.Equal([["x"]], await TestFile.ReadAsync("a\nx", new() { HasHeader = true }));
        Assert.Equal([[""], [null]], await TestFile.ReadAsync("a\n\"\"\n\n", new() { HasHeader = true }));
    }

    [Fact]
    public async Task Without_a_header_empty_lines_before_the_first_value_are_rows_too()
    {
        Assert.Equal([[null], ["x"], [null]], await TestFile.ReadAsync("\nx\n\n", new() { HasHeader = false }));
        Assert.Equal([[null], [null]], await TestFile.ReadAsync("\n\n", new() { HasHeader = false }));
        Assert.Equal([["x", "y"]], await TestFile.ReadAsync("\n\nx,y\n\n", new() { HasHeader = false }));
    }

    [Fact]
    public async Task Empty_lines_are_values_that_are_missing_for_the_type_too()
    {
        await using var file = await TestFile.OpenAsync("a\n1\n\n2\n");

        Assert.Equal((SqlTypeKind.Integer, true), (file.Columns[0].Type.Kind, file.Columns[0].IsNullable));
        Assert.Equal([1L, null, 2L], await TestFile.ValuesAsync(file, file.Describe("t", schema: null, [])));
    }

    [Theory]
    [InlineData("a\r\nx\ry\r\nz\r\n", 2)]
    [InlineData("a\nx\ry\nz\n", 2)]
    [InlineData("a\nx\nz\r\r\n", 3)]
    [InlineData("a\rx\ny\rz\r", 2)]
    public async Task A_break_of_another_kind_makes_no_row_in_a_file_of_one_column(string text, long line)
    {
        var e = await TestFile.RefusedAsync(text, new() { HasHeader = true });

        Assert.Equal(("SLU0521", line), (e.Code, e.Line));
    }

    [Fact]
    public async Task Quoted_returns_are_text_in_a_file_of_one_column() =>
        Assert.Equal([["x\ry"], ["z"], ["\r"]], await TestFile.ReadAsync("a\r\n\"x\ry\"\r\nz\r\n\"\r\"\r\n", new() { HasHeader = true }));

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n", "a,b\n3,z\n")]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n", "a,b\r\n3,z\r\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y\n", "\uFEFFa,b\n3,z\n")]
    [InlineData("\"a\",b\n1,x\n2,y\n", "\"a\",b\n3,z\n")]
    public async Task Members_of_gzip_that_each_begin_with_the_header_have_one(string one, string other)
    {
        byte[] bytes = [.. Gzip(one), .. Gzip(""), .. Gzip(other), .. Gzip(other.Replace("3,z", "4,w", StringComparison.Ordinal))];
        foreach (var (sampled, piece) in new[] { (1, 7), (2, 100_000), (3, 1), (100, 100_000) })
        {
            foreach (var hasHeader in new bool?[] { true, null })
            {
                await using var file = await TestFile.OpenAsync(bytes, new() { SampleRows = sampled, HasHeader = hasHeader }, "x.csv.gz", piece);
                Assert.Equal([["1", "x"], ["2", "y"], ["3", "z"], ["4", "w"]], await TestFile.ReadAsync(file));
                Assert.Equal(SqlTypeKind.Integer, file.Columns[0].Type.Kind);
            }
        }
    }

    [Fact]
    public async Task Headers_of_many_members_are_found_whatever_their_length()
    {
        var random = new Random(7);
        var expected = new List<string>();
        var bytes = new List<byte>();
        for (var member = 0; member < 60; member++)
        {
            var rows = Enumerable.Range(0, random.Next(0, member % 9 == 0 ? 30_000 : 50)).Select(i => $"{member}-{i}-{random.Next()}").ToList();
            expected.AddRange(rows);
            bytes.AddRange(Gzip("word\n" + string.Concat(rows.Select(r => r + "\n"))));
        }
        await using var file = await TestFile.OpenAsync([.. bytes], new() { SampleRows = 100, HasHeader = true }, "x.csv.gz");

        Assert.Equal(expected, (await TestFile.ReadAsync(file, block: 500)).Select(r => r[0]));
    }

    [Fact]
    public async Task A_row_that_says_what_the_header_says_is_a_row_elsewhere()
    {
        const string Text = "word\nx\nword\ny\n";
        await using var one = await TestFile.OpenAsync(Gzip(Text), new() { HasHeader = true }, "x.csv.gz");
        await using var two = await TestFile.OpenAsync([.. Gzip("word\nx\nwo"), .. Gzip("rd\ny\n")], new() { HasHeader = true }, "x.csv.gz");
        await using var none = await TestFile.OpenAsync([.. Gzip("5\n6\n"), .. Gzip("5\n7\n")], new() { HasHeader = false }, "x.csv.gz");

        Assert.Equal([["x"], ["word"], ["y"]], await TestFile.ReadAsync(one));
        Assert.Equal([["x"], ["word"], ["y"]], await TestFile.ReadAsync(two));
        Assert.Equal([["5"], ["6"], ["5"], ["7"]], await TestFile.ReadAsync(none));
        Assert.Equal([["x"], ["word"], ["y"]], await TestFile.ReadAsync(Text, new() { HasHeader = true }));
    }

    [Fact]
    public async Task Members_may_end_anywhere_in_the_text()
    {
        var text = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},\"é€\U0001F600\n{i}\"\n")));
        for (var cut = 1; cut < 60; cut++)
        {
            byte[] bytes = [.. Gzip(text[..cut]), .. Gzip(text[cut..])];
            await using var file = await TestFile.OpenAsync(bytes, new() { SampleRows = 5 }, "x.csv.gz");
            Assert.Equal(Enumerable.Range(0, 40).Select(i => $"é€\U0001F600\n{i}"), (await TestFile.ReadAsync(file)).Select(r => r[1]));
        }
    }

    [Theory]
    [InlineData("country,2019,2020\nNorway,5,7\nSweden,6,8\n", true)]
    [InlineData("country,2019,2020\nNorway,5.5,7.1\n", true)]
    [InlineData("country,2019,2020\nNorway,low,high\nSweden,high,low\n", true)]
    [InlineData("country,2019,2020\nNorway,,\nSweden,1,\n", true)]
    [InlineData("country,region,2017,2018,2019\nNorway,Europe,1,2,4\nKenya,Africa,9,8,7\n", true)]
    [InlineData("day,1,2,3,4\nMonday,10,12,9,3\nTuesday,3,4,5,7\n", true)]
    [InlineData("Norway,2019,2020\nSweden,2018,2021\nDenmark,2001,2002\n", false)]
    [InlineData("Norway,5,7\nSweden,6,8\n", false)]
    [InlineData("x,1,2,3\ny,2,3,4\nz,3,4,5\n", false)]
    [InlineData("Norway,2020,2019\nSweden,5,6\n", false)]
    [InlineData("2019,2020,2021\n5,6,8\n", false)]
    public async Task Numbers_that_count_up_behind_a_word_name_columns(string text, bool hasHeader)
    {
        await using var file = await TestFile.OpenAsync(text);

        Assert.Equal(hasHeader, file.Dialect.HasHeader);
    }

    [Fact]
    public async Task The_only_empty_header_at_the_start_is_an_index_and_gets_a_name()
    {
        await using var file = await TestFile.OpenAsync(",name,n\n0,x,5\n1,y,6\n");

        Assert.Equal(["column1", "name", "n"], file.Columns.Select(c => c.Name));
        Assert.Equal([["0", "x", "5"], ["1", "y", "6"]], await TestFile.ReadAsync(file));
    }

    [Fact]
    public async Task A_delimiter_that_ends_every_line_makes_no_column()
    {
        await using var file = await TestFile.OpenAsync("a,b,\n1,x,\n2,y,\n3,z,\n", new() { SampleRows = 2 });

        Assert.Equal(["a", "b"], file.Columns.Select(c => c.Name));
        Assert.Equal([["1", "x"], ["2", "y"], ["3", "z"]], await TestFile.ReadAsync(file));
        var late = await TestFile.RefusedAsync("a,b,\n1,x,\n2,y,\n3,z,9\n", new() { SampleRows = 2 });
        Assert.Equal(("SLU0523", 4L), (late.Code, late.Line));
        var valued = await TestFile.RefusedAsync("a,b,\n1,x,7\n2,y,8\n");
        Assert.Equal("SLU0510", valued.Code);
    }

    [Fact]
    public async Task A_delimiter_that_only_the_rows_end_with_is_named()
    {
        var e = await TestFile.RefusedAsync("a,b\n1,2,\n", new() { HasHeader = true });

        Assert.Equal("SLU0508", e.Code);
        Assert.Contains("the line ends with ,, the header does not", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_every_field_is_quoted_an_empty_one_is_no_number_and_no_date_but_an_empty_text()
    {
        await using var file = await TestFile.OpenAsync("\"n\",\"d\",\"t\"\n\"1\",\"\",\"\"\n\"\",\"2024-01-01\",\"x\"\n\"3\",\"\",\"y\"\n\"\",\"2024-01-02\",\"\"\n", new() { SampleRows = 2 });

        Assert.Equal([SqlTypeKind.Integer, SqlTypeKind.Date, SqlTypeKind.Text], file.Columns.Select(c => c.Type.Kind));
        Assert.Equal(
            [1L, null, "", null, new DateOnly(2024, 1, 1), "x", 3L, null, "y", null, new DateOnly(2024, 1, 2), ""],
            await TestFile.ValuesAsync(file, file.Describe("t", schema: null, [])));
    }

    [Fact]
    public async Task Where_fields_without_quotes_can_be_empty_a_quoted_one_is_a_text()
    {
        await using var file = await TestFile.OpenAsync("n,t\n1,x\n\"\",y\n,z\n", new() { SampleRows = 10 });

        Assert.Equal(SqlTypeKind.Text, file.Columns[0].Type.Kind);
    }

    [Theory]
    [InlineData("\"\n", "SLU0509")]
    [InlineData("\",x\n", "SLU0509")]
    [InlineData("\"\"and so on\"\n", "SLU0509")]
    [InlineData("\n2,\"y\"\n3,\"z\"\n", "SLU0506")]
    [InlineData("\n2,y\n", "SLU0506")]
    public async Task A_value_that_is_longer_than_a_row_may_be_is_no_unclosed_quote(string end, string code)
    {
        var text = "a,b\n1,\"" + new string('x', 1_500) + end + string.Concat(Enumerable.Repeat("3,y\n", 2_000));

        var e = await TestFile.RefusedAsync(text, new() { MaxRowBytes = 1_000 });

        Assert.Equal((code, 2L, "b"), (e.Code, e.Line, e.Column));
    }

    public static TheoryData<string, byte[], string, string> Binaries => new()
    {
        { "f.zip", [.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 8, 0, .. "data.csv"u8], "a ZIP archive", "unzip 'f.zip'" },
        { "f.xlsx", [.. "PK\u0003\u0004"u8, 20, 0, 6, 0, 8, 0, .. "[Content_Types].xml"u8], "an Excel workbook", "as CSV" },
        { "f.csv", [0x28, 0xb5, 0x2f, 0xfd, 4, 0x58, 1, 2, 3], "compressed with Zstandard", "zstd -d 'f.csv'" },
        { "f.csv.xz", [0xfd, .. "7zXZ\0"u8, 0, 4, 0xe6], "compressed with xz", "xz -dk" },
        { "f.bz2", [.. "BZh91AY&SY"u8, 1, 2, 3], "compressed with bzip2", "bzip2 -dk" },
        { "f.parquet", [.. "PAR1"u8, 0x15, 4, 0x15, 0x80, 0, 1], "a Parquet file", "duckdb" },
        { "f.db", [.. "SQLite format 3\0"u8, 16, 0, 1, 1, 0, 0x40], "a SQLite database", "table or a query" },
        { "f.tar", [.. "data.csv"u8, .. new byte[249], .. "ustar\0"u8, .. new byte[249]], "a tar archive", "tar -xf" },
        { "f.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "an Excel workbook", "as CSV" },
        { "f.csv", [.. "\u007fELF"u8, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0xff, 0xfe, 0xc0, 1, 0, 0], "not text in any encoding", "UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task A_format_that_is_no_text_is_named_with_what_to_do(string name, byte[] bytes, string format, string remedy)
    {
        foreach (var packed in new[] { false, true })
        {
            var e = await TestFile.RefusedAsync(packed ? Gzip(bytes) : bytes, options: null, packed ? name + ".gz" : name);

            Assert.Equal("SLU0520", e.Code);
            Assert.Contains(format, e.Message, StringComparison.Ordinal);
            Assert.Contains(remedy.Replace(name, packed ? name + ".gz" : name, StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("iconv", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PAR1,x\n1,2\n")]
    [InlineData("ORC,x\n1,2\n")]
    [InlineData("BZh9,x\n1,2\n")]
    public async Task Letters_that_binary_files_begin_with_may_be_a_header(string text)
    {
        await using var file = await TestFile.OpenAsync(text);

        Assert.True(file.Dialect.HasHeader);
    }

    static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    static byte[] Gzip(byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest))
            stream.Write(bytes);
        return memory.ToArray();
    }
}
