using Sluice.Cli.Tests.Runs;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests;

/// <summary>Command lines that make no sense: told apart before anything is opened.</summary>
public sealed class UsageTests : IDisposable
{
    readonly Workplace _workplace = new();

    [Theory]
    [InlineData("There is no option '--crate'. Closest: '--create'", "load", "x.csv", "--crate")]
    [InlineData("There is no option '--parallel'", "load", "x.csv", "--parallel", "4")]
    [InlineData("There is no command 'lod'. Closest: 'sluice load'", "lod", "x.csv")]
    [InlineData("--mode is one of 'insert', 'upsert', 'update', 'delete', 'sync', not 'merge'", "load", "x.csv", "--mode", "merge")]
    [InlineData("--format is one of", "load", "x.csv", "--format", "xml")]
    [InlineData("--chunk is 'auto' or a number of rows", "load", "x.csv", "--chunk", "0")]
    [InlineData("--chunk is 'auto' or a number of rows", "load", "x.csv", "--chunk", "many")]
    [InlineData("--map is the file's column", "load", "x.csv", "--map", "a")]
    [InlineData("--map names the file's column 'a' twice", "load", "x.csv", "--map", "a=b", "--map", "a=c")]
    [InlineData("--key is a list of different column names", "load", "x.csv", "--key", "a,,b")]
    [InlineData("--delimiter is one character", "load", "x.csv", "--delimiter", "||")]
    [InlineData("--null has no effect on JSON Lines", "load", "x.jsonl", "--format", "jsonl", "--null", "-")]
    [InlineData("--table must name the table", "load", "-")]
    [InlineData("The standard input is named twice", "load", "-", "-", "--table", "t")]
    [InlineData("'--to' expects a single argument", "load", "x.csv", "--to", "a.db", "--to", "b.db")]
    [InlineData("A file was named by an address", "load", "postgres://ann:hunter2@db/app")]
    [InlineData("A file was named by an address", "load", "Host=db;Username=ann;Password=hunter2", "--table", "t")]
    [InlineData("Sniffing is for files", "sniff", "postgres://ann:hunter2@db/app")]
    [InlineData("Sniffing is for files", "sniff", "Host=db;Password=hunter2")]
    [InlineData("--output names a file", "export", "a.db", "--table", "t", "-o", "postgres://ann:hunter2@db/app")]
    [InlineData("ends in .parquet", "export", "a.db", "--table", "t", "-o", "t.parquet")]
    [InlineData("ends in .xlsx", "export", "a.db", "--table", "t", "-o", "t.xlsx", "--compress", "gzip")]
    [InlineData("ends in .zst", "export", "a.db", "--table", "t", "-o", "t.csv.zst", "--format", "csv")]
    [InlineData("--null is written without quotes", "export", "a.db", "--table", "t", "--null", "a,b")]
    [InlineData("--null is written without quotes", "export", "a.db", "--table", "t", "--format", "tsv", "--null", "a\tb")]
    [InlineData("--null is written without quotes", "export", "a.db", "--table", "t", "--delimiter", ";", "--null", "a;b")]
    [InlineData("--null is written without quotes", "export", "a.db", "--table", "t", "--null", "a\"b")]
    [InlineData("There is no option '--tabel'. Closest: '--table'", "export", "a.db", "--tabel", "t")]
    [InlineData("Say which file is loaded: 'sluice load FILE'", "load")]
    [InlineData("Say which file is looked at: 'sluice sniff FILE'", "sniff")]
    [InlineData("--to needs a value: '--to TARGET'", "load", "x.csv", "--to")]
    [InlineData("--key needs a value: '--key COLUMNS'", "load", "x.csv", "--key")]
    [InlineData("Say what to do")]
    public async Task A_command_line_that_makes_no_sense_says_why_and_opens_nothing(string message, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Contains("(SLU0401)", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Text);
        Assert.Empty(Directory.GetFileSystemEntries(_workplace.Folder));
    }

    [Fact]
    public async Task Flags_without_effect_are_refused_also_where_the_format_is_detected()
    {
        _workplace.Write("rows.jsonl", "{\"id\":1}\n");
        var run = await RunAsync(["load", "rows.jsonl", "--delimiter", ";"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--delimiter has no effect on JSON Lines, which rows.jsonl is", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_workplace.Folder, "sluice.db")));
    }

    [Fact]
    public async Task The_version_is_the_assemblys()
    {
        var run = await RunAsync(["--version"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(typeof(ExitCode).Assembly.GetName().Version!.ToString(3), run.Text.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help load", "load --help")]
    [InlineData("help export", "export --help")]
    [InlineData("version", "--version")]
    public async Task Help_and_version_may_be_asked_for_as_commands_too(string command, string option)
    {
        var run = await RunAsync(command.Split(' '));
        var same = await RunAsync(option.Split(' '));
        Assert.Equal((0, "", same.Text), (run.ExitCode, run.Errors, run.Text));
    }

    [Fact]
    public async Task The_size_of_chunks_may_be_left_to_the_command()
    {
        _workplace.Write("people.csv", "id,name\n1,Ann\n2,Bob\n");
        var run = await RunAsync(["load", "people.csv", "--chunk", "auto"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("2", (await Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, "sluice.db"), "SELECT count(*) FROM people"])).Trim());
    }

    [Fact]
    public async Task Without_a_target_the_first_load_makes_a_database_and_a_table()
    {
        _workplace.Write("people.csv", "id,name\n1,Ann\n2,Bob\n");
        var run = await RunAsync(["load", "people.csv"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("1|Ann\n2|Bob\n", await Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, "sluice.db"), "SELECT * FROM people"]));
    }

    [Fact]
    public async Task The_target_may_come_from_the_environment()
    {
        _workplace.Write("people.csv", "id,name\n1,Ann\n");
        var run = await SluiceProgram.RunAsync(
            _workplace.Folder, ["load", "people.csv", "--create"], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["SLUICE_TO"] = "sqlite:other.db" });
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["other.db", "people.csv"], Directory.GetFiles(_workplace.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_database_that_is_missing_is_not_made_by_accident()
    {
        _workplace.Write("people.csv", "id,name\n1,Ann\n");
        var run = await RunAsync(["load", "people.csv", "--to", "typo.db"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("There is no database 'typo.db'", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_workplace.Folder, "typo.db")));
    }

    Task<ToolOutput> RunAsync(string[] arguments) => SluiceProgram.RunAsync(_workplace.Folder, arguments);

    public void Dispose() => _workplace.Dispose();
}
