using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Sluice.Cli.Tests.Spec;
using Sluice.Specification.Databases;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Exports;

/// <summary>`sluice export`, whose files are compared with what the database's own client says of the table.</summary>
public abstract class ExportSpec(TestDatabase database) : CliSpec(database)
{
    const string Awkward = "(1, 'plain'), (2, ''), (3, NULL), (4, 'a,b;c'), (5, 'say \"hi\"'), (6, 'é漢😀'), (7, '=1+1')";

    Task<ToolOutput> ExportAsync(params string[] arguments) => RunAsync(["export", Target, .. arguments]);

    async Task FillAsync()
    {
        await CreateAsync("id integer PRIMARY KEY, name text");
        await Database.ExecuteAsync($"INSERT INTO {Table} VALUES {Awkward}");
    }

    const string Csv = "id,name\n1,plain\n2,\"\"\n3,\n4,\"a,b;c\"\n5,\"say \"\"hi\"\"\"\n6,é漢😀\n7,=1+1\n";

    [Fact]
    public async Task A_table_goes_to_the_standard_output_as_csv()
    {
        await FillAsync();
        var run = await ExportAsync("--table", Table);
        Expect(ExitCode.Done, run);
        Assert.Equal(Csv, run.Text);
        Assert.Contains("stdout: 7 rows", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_query_goes_to_a_file_whose_name_says_how_it_is_written()
    {
        await FillAsync();
        var run = await ExportAsync("--query", $"SELECT id AS \"Number\", name FROM {Table} WHERE id IN (2, 3, 5) ORDER BY id DESC;", "-o", "some.jsonl.gz");
        Expect(ExitCode.Done, run);
        Assert.Equal((3, "exported", "query"), (Result(run).GetProperty("rows").GetInt64(), Result(run).GetProperty("status").GetString(), Result(run).GetProperty("source").GetString()));
        await using var plain = new GZipStream(File.OpenRead(Path.Combine(Folder, "some.jsonl.gz")), CompressionMode.Decompress);
        using var text = new StreamReader(plain);
        Assert.Equal("{\"Number\":5,\"name\":\"say \\\"hi\\\"\"}\n{\"Number\":3,\"name\":null}\n{\"Number\":2,\"name\":\"\"}\n", await text.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFileSystemEntries(Folder), e => !e.Contains(".db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_dialect_is_the_one_that_was_asked_for()
    {
        await FillAsync();
        var run = await ExportAsync("--table", Table, "--format", "tsv", "--header", "no", "--null", "NULL", "--excel-safe");
        Expect(ExitCode.Done, run);
        Assert.Equal("1\tplain\n2\t\"\"\n3\tNULL\n4\t\"a,b;c\"\n5\t\"say \"\"hi\"\"\"\n6\té漢😀\n7\t\"'=1+1\"\n", run.Text);
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_by_force()
    {
        await FillAsync();
        Write("out.csv", "mine");
        var refused = await ExportAsync("--table", Table, "-o", "out.csv");
        Expect(ExitCode.Usage, refused);
        Assert.Contains("--force", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Folder, "out.csv"), TestContext.Current.CancellationToken));
        Expect(ExitCode.Done, await ExportAsync("--table", Table, "-o", "out.csv", "--force"));
        Assert.Equal(Csv, await File.ReadAllTextAsync(Path.Combine(Folder, "out.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("sub/real.csv")]
    [InlineData("../{0}/sub/real.csv")]
    public async Task A_link_is_written_through_to_the_file_that_it_leads_to(string leadsTo)
    {
        await FillAsync();
        var target = string.Format(CultureInfo.InvariantCulture, leadsTo, Path.GetFileName(Folder));
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        File.CreateSymbolicLink(Path.Combine(Folder, "second.csv"), target);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.csv"), "second.csv");
        // First a link that leads to nothing yet, then one to the file.
        foreach (var force in (string[][])[[], ["--force"]])
        {
            var run = await ExportAsync(["--table", Table, "-o", "link.csv", .. force]);
            Expect(ExitCode.Done, run);
            Assert.Equal(Csv, await File.ReadAllTextAsync(Path.Combine(Folder, "sub", "real.csv"), TestContext.Current.CancellationToken));
            Assert.Equal(("second.csv", target), (new FileInfo(Path.Combine(Folder, "link.csv")).LinkTarget, new FileInfo(Path.Combine(Folder, "second.csv")).LinkTarget));
            await File.WriteAllTextAsync(Path.Combine(Folder, "sub", "real.csv"), "old", TestContext.Current.CancellationToken);
        }
        Assert.Equal(["real.csv"], Directory.GetFiles(Path.Combine(Folder, "sub")).Select(Path.GetFileName));
        Expect(ExitCode.Usage, await ExportAsync("--table", Table, "-o", "link.csv"));
    }

    [Fact]
    public async Task What_is_missing_is_told_and_leaves_no_file()
    {
        await FillAsync();
        var table = await ExportAsync("--table", Table + "x", "-o", "out.csv");
        Expect(ExitCode.Usage, table);
        Assert.Contains($"Closest: '{Table}'", table.Errors, StringComparison.Ordinal);
        Expect(ExitCode.Failed, await ExportAsync("--query", "SELECT nothing FROM nowhere", "-o", "out.csv"));
        Expect(ExitCode.Usage, await ExportAsync("--query", "SELECT 1 AS a, 2 AS a", "-o", "out.csv"));
        Expect(ExitCode.Usage, await ExportAsync("--table", Table, "-o", "nowhere/out.csv"));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Folder), e => !e.Contains(".db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_that_fails_on_its_way_says_what_is_left()
    {
        await FillAsync();
        const string Query = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT i, abs(-9223372036854775807 - CASE WHEN i < 40000 THEN 0 ELSE 1 END) AS x FROM n";
        const string Division = "SELECT i, 1 / (40000 - i) AS x FROM generate_series(1, 50000) AS g (i)";
        var query = Database is SqliteDatabase ? Query : Division;
        var file = await ExportAsync("--query", query, "-o", "out.csv");
        Expect(ExitCode.Failed, file);
        Assert.Contains("No file was written. (SLU0", file.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("changed nothing", file.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", file.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Folder), e => e.Contains("out.csv", StringComparison.Ordinal));
        var pipe = await ExportAsync("--query", query);
        Expect(ExitCode.Failed, pipe);
        Assert.Contains("What was written before is not the whole. (SLU0", pipe.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_may_be_named_as_sql_names_it()
    {
        var (name, quoted) = ($"Mixed \"{Table}\".x", $"\"Mixed \"\"{Table}\"\".x\"");
        await Database.ExecuteAsync($"CREATE TABLE {quoted} (\"a b\" integer)");
        await Database.ExecuteAsync($"INSERT INTO {quoted} VALUES (1)");
        Assert.Equal("a b\n1\n", (await ExportAsync("--table", name)).Text);
        Assert.Equal("a b\n1\n", (await ExportAsync("--table", quoted)).Text);
        var schema = Database is SqliteDatabase ? "main" : "public";
        Assert.Equal("a b\n1\n", (await ExportAsync("--table", $"\"{schema}\".{quoted}")).Text);
        Assert.Equal("a b\n1\n", (await ExportAsync("--table", $"{schema}.{quoted}")).Text);
    }

    [Fact]
    public async Task The_standard_output_by_its_other_name_is_the_standard_output()
    {
        await FillAsync();
        var run = await ExportAsync("--table", Table, "-o", "/dev/stdout");
        Expect(ExitCode.Done, run);
        Assert.Equal(Csv, run.Text);
    }

    [Fact]
    public async Task A_query_without_columns_and_a_second_statement_are_refused()
    {
        await FillAsync();
        var none = await ExportAsync("--query", Database is SqliteDatabase ? "CREATE TABLE no_such (a)" : "SELECT FROM generate_series(1, 3)");
        Expect(ExitCode.Usage, none);
        Assert.Contains("returns no columns", none.Errors, StringComparison.Ordinal);
        var two = await ExportAsync("--query", $"SELECT 1 AS a; DROP TABLE {Table}");
        Assert.NotEqual(ExitCode.Done, two.ExitCode);
        Assert.Equal(("", "7"), (two.Text, await CountAsync()));
        Assert.Equal("a\n1\n", (await ExportAsync("--query", "SELECT 1 AS a; ")).Text);
    }

    /// <summary>A query of more rows than a test waits for.</summary>
    const string Endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000000) SELECT i, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' AS x FROM n";

    [Theory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task A_signal_stops_an_export_and_leaves_no_file(string signal, int exitCode)
    {
        // The database must be there, whichever test comes first.
        await FillAsync();
        using var process = Runs.SluiceProgram.Start(Folder, ["export", Target, "--query", Endless, "-o", "out.csv", "--progress", "json"]);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var started = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"start\"", started, StringComparison.Ordinal);
        await Tool.RunAsync("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains("\"interrupted\"", await output, StringComparison.Ordinal);
        Assert.Equal("end", JsonDocument.Parse(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement.GetProperty("event").GetString());
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Folder), e => e.Contains("out.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_has_had_enough_ends_the_export_quietly()
    {
        // The database must be there, whichever test comes first.
        await FillAsync();
        using var process = Runs.SluiceProgram.Start(Folder, ["export", Target, "--query", Endless]);
        Assert.Equal("i,x", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        process.StandardOutput.Close();
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitCode.OutputClosed, ""), (process.ExitCode, errors));
    }
}
