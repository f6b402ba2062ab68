using System.IO.Compression;
using System.Text;
using Sluice.Specification.Databases;

namespace Sluice.Cli.Tests.Spec;

/// <summary>Files whose shape leaves room for doubt: no row is lost, none is made up, and what was assumed is said.</summary>
public abstract class FileShapesSpec(TestDatabase database) : CliSpec(database)
{
    [Theory]
    [InlineData("v\na\n\nb\n\n", "csv")]
    [InlineData("v\r\na\r\n\r\nb\r\n\r\n", "csv")]
    [InlineData("v\na\n\nb\n\n", "csv.gz")]
    public async Task An_empty_line_of_a_file_of_one_column_is_a_row_without_a_value(string text, string extension)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Expect(ExitCode.Done, await LoadAsync(Write("rows." + extension, extension.EndsWith("gz", StringComparison.Ordinal) ? Gzip(bytes) : bytes), "--create", "--header", "yes"));

        Assert.Equal("4|2", await QueryAsync($"SELECT count(*), count(v) FROM {Table}"));
        // The export writes such lines too, and what it writes is loaded again.
        foreach (var header in new[] { "yes", "no" })
        {
            var exported = await RunAsync(["export", Target, "--query", $"SELECT v FROM {Table} ORDER BY v", "--format", "csv", "--header", header]);
            Expect(ExitCode.Done, exported);
            var copy = Database.NewName("copy");
            Expect(ExitCode.Done, await RunAsync(["load", Write("again.csv", exported.Text), "--to", Target, "--table", copy, "--create", "--header", header]));
            Assert.Equal("4|2", await QueryAsync($"SELECT count(*), count({(header is "yes" ? "v" : "column1")}) FROM {copy}"));
        }
    }

    [Fact]
    public async Task Members_of_gzip_have_one_header()
    {
        byte[] bytes = [.. Gzip("name,city\na,b\n"u8.ToArray()), .. Gzip("name,city\nc,d\n"u8.ToArray())];
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv.gz", bytes), "--create"));

        Assert.Equal("a|b\nc|d", await QueryAsync($"SELECT name, city FROM {Table} ORDER BY name"));
    }

    [Fact]
    public async Task A_return_within_a_line_of_one_column_makes_no_row()
    {
        await CreateAsync("v text");
        var run = await LoadAsync(Write("rows.csv", "v\r\na\rb\r\nc\r\n"));
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("(SLU0521)", run.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_header_that_was_assumed_away_is_told()
    {
        var run = await LoadAsync(Write("rows.csv", "2019,5\n2020,7\n"), "--create");
        Expect(ExitCode.Done, run);
        Assert.Contains("--header yes", run.Errors, StringComparison.Ordinal);
        Assert.Contains("has no header", Assert.Single(Result(run).GetProperty("notes").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var told = await LoadAsync(Write("rows.csv", "2019,5\n2020,7\n"), "--header", "no");
        Expect(ExitCode.Done, told);
        Assert.False(Result(told).TryGetProperty("notes", out _));
    }

    [Fact]
    public async Task Years_behind_a_word_are_a_header()
    {
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "country,2019,2020\nNorway,5,7\nSweden,6,8\n"), "--create"));
        Assert.Equal("Norway|7\nSweden|8", await QueryAsync($"SELECT country, \"2020\" FROM {Table} ORDER BY 1"));
    }

    [Fact]
    public async Task Where_every_field_is_quoted_an_empty_number_is_null()
    {
        await CreateAsync("n integer, d date, t text");
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "\"n\",\"d\",\"t\"\n\"1\",\"\",\"\"\n\"\",\"2024-01-01\",\"x\"\n")));
        Assert.Equal("1||\n|2024-01-01|x", await QueryAsync($"SELECT * FROM {Table} ORDER BY t"));
        Assert.Equal("1", await QueryAsync($"SELECT count(*) FROM {Table} WHERE t = ''"));
    }

    [Fact]
    public async Task A_database_in_a_files_place_is_named_with_the_flags_that_read_it()
    {
        var run = await LoadAsync(Write("app.db", [.. "SQLite format 3\0"u8, 16, 0, 1, 1, 0, 64]), "--create");
        Expect(ExitCode.SourceUnreadable, run);
        Assert.Contains("--from-table", run.Errors, StringComparison.Ordinal);
        Assert.False(await TableExistsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7919)]
    public async Task Long_rows_are_loaded_in_bounded_memory_in_whatever_order(int step)
    {
        await CreateAsync("id integer PRIMARY KEY, note text");
        var path = Path.Combine(Folder, "long.csv");
        await using (var file = new StreamWriter(path))
        {
            await file.WriteAsync("id,note\n");
            for (var i = 0; i < 300; i++)
                await file.WriteAsync($"{i * step % 300},{new string((char)('a' + (i % 26)), 1 << 20)}\n");
        }
        var run = await RunAsync(["load", path, "--to", Target, "--table", Table], environment: new() { ["DOTNET_GCHeapHardLimit"] = "0x9600000" });
        Expect(ExitCode.Done, run);
        Assert.Equal("300|314572800", await QueryAsync($"SELECT count(*), sum(length(note)) FROM {Table}"));
    }

    static byte[] Gzip(byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest))
            stream.Write(bytes);
        return memory.ToArray();
    }
}
