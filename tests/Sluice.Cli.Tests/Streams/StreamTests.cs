using Sluice.Cli.Tests.Runs;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Streams;

/// <summary>What the command prints, and what becomes of its work where it cannot print.</summary>
public sealed class StreamTests : IDisposable
{
    readonly Workplace _workplace = new();

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData("2>/dev/full --progress json")]
    public async Task Rows_that_were_committed_are_no_failure_where_nothing_can_be_printed(string streams)
    {
        _workplace.Write("rows.csv", "id,name\n1,Ann\n2,Bob\n");
        var run = await ShellAsync($"\"$SLUICE\" load rows.csv --to a.db --create {streams}");
        Assert.Equal((0, "2"), (run.ExitCode, await CountAsync("a.db", "rows")));
    }

    [Theory]
    [InlineData("2>/dev/full", ExitCode.Usage)]
    [InlineData("2>&-", ExitCode.Usage)]
    public async Task A_failure_keeps_its_exit_code_where_nothing_can_be_printed(string streams, int exitCode)
    {
        _workplace.Write("rows.csv", "id,name\n1,Ann\n2,Bob\n");
        Assert.Equal(exitCode, (await ShellAsync($"\"$SLUICE\" load rows.csv --to nowhere.db {streams}")).ExitCode);
        Assert.Equal(exitCode, (await ShellAsync($"\"$SLUICE\" load rows.csv --nonsense {streams}")).ExitCode);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("<&- >&-")]
    [InlineData(">/dev/full")]
    public async Task Rows_that_cannot_be_written_to_the_standard_output_are_a_failure(string streams)
    {
        await Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, "a.db"), "CREATE TABLE t (id); INSERT INTO t VALUES (1)"]);
        var run = await ShellAsync($"\"$SLUICE\" export a.db --table t {streams}");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("(SLU0517)", run.Errors, StringComparison.Ordinal);
        var whole = await ShellAsync($"\"$SLUICE\" export a.db --table t -o t.csv {streams}");
        Assert.True(whole.ExitCode == ExitCode.Done, whole.Errors);
        Assert.Equal("id\n1\n", await File.ReadAllTextAsync(Path.Combine(_workplace.Folder, "t.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Too_few_files_that_may_be_open_are_told_before_anything_is_sent()
    {
        _workplace.Write("rows.csv", "id,name\n1,Ann\n2,Bob\n");
        foreach (var files in (int[])[52, 64, 80])
        {
            var run = await ShellAsync($"ulimit -n {files}; \"$SLUICE\" load rows.csv --to a.db --create");
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("(SLU0723)", run.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(_workplace.Folder, "a.db")));
        }
    }

    const string Bell = "\u001b]0;owned\u0007\u001b[31m\u202e\u009b5m";

    [Theory]
    [InlineData("load", "rows\u001b[31m.csv", "--to", "a.db", "--create")]
    [InlineData("load", "rows\u001b[31m.csv", "--to", "a.db", "--create", "--dry-run")]
    [InlineData("load", "rows\u001b[31m.csv", "--to", "typed.db", "--table", "typed", "--show-values")]
    [InlineData("load", "rows\u001b[31m.csv", "--to", "typed.db", "--table", "typed", "--dry-run", "--show-values")]
    [InlineData("load", "rows\u001b[31m.csv", "--to", "typed.db", "--table", Bell)]
    [InlineData("load", Bell, "--to", "a.db")]
    [InlineData("load", "rows\u001b[31m.csv", "--mode", Bell)]
    [InlineData("sniff", "rows\u001b[31m.csv")]
    [InlineData("sniff", "rows\u001b[31m.csv", "--null", Bell)]
    [InlineData("export", "a\u001b[31m.db", "--table", "t")]
    [InlineData("export", "typed.db", "--query", "SELECT \u001b[31m")]
    [InlineData("export", "typed.db", "--table", "typed", "-o", "typed\u001b[31m.csv")]
    [InlineData(Bell)]
    public async Task Control_characters_reach_nobody_who_reads(params string[] arguments)
    {
        _workplace.Write("rows\u001b[31m.csv", $"id,\"name{Bell}\n\"\nx{Bell},Ann\n");
        await Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, "typed.db"), $"CREATE TABLE typed (id integer CHECK (typeof(id) = 'integer'), \"name{Bell}\n\" text)"]);
        var run = await SluiceProgram.RunAsync(_workplace.Folder, arguments);
        Assert.NotEqual("", run.Errors + run.Text);
        Assert.DoesNotContain(run.Errors + (arguments[0] is "load" or "export" ? "" : run.Text), c => char.IsControl(c) && c is not '\n' || c is '\u202e');
    }

    [Fact]
    public async Task A_terminal_gets_no_control_characters_of_a_file_either()
    {
        _workplace.Write("rows\u001b]0;owned\u0007.csv", "id,name\n1,Ann\n");
        var run = await TerminalAsync("load rows*.csv --to a.db --create");
        Assert.Contains("owned", run, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0;owned", run, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', run);
    }

    [Fact]
    public async Task A_terminal_that_rows_are_read_from_is_told()
    {
        const string told = "Rows are read from this terminal; end them with Ctrl+D on a line of its own.";
        var run = await TypedAsync("load - --to a.db --create --table t", told, "id\n1\n");
        Assert.Contains(told, run, StringComparison.Ordinal);
        Assert.Equal("1", await CountAsync("a.db", "t"));
    }

    async Task<string> CountAsync(string database, string table) =>
        (await Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, database), $"SELECT count(*) FROM {table}"])).Trim();

    Task<ToolOutput> ShellAsync(string command) => Tool.TryRunAsync("bash", ["-c", $"cd \"$FOLDER\"; {command}"], environment: Environment);

    /// <summary>What a terminal shows of a command that reads nothing.</summary>
    async Task<string> TerminalAsync(string arguments) => (await Tool.TryRunAsync(
        "script", ["-qec", $"cd \"$FOLDER\"; TERM=xterm \"$SLUICE\" {arguments}", "/dev/null"], "\u0004", Environment)).Text;

    /// <summary>
    /// The same of one into which text and its end are typed once it asks: what is typed before that, a terminal that is being set up
    /// forgets.
    /// </summary>
    async Task<string> TypedAsync(string arguments, string question, string text) => (await ShellAsync(
        $$"""
        : >seen
        { for i in {1..600}; do grep -q '{{question}}' seen && break; sleep 0.1; done; printf '{{text.Replace("\n", "\\n", StringComparison.Ordinal)}}\004'; } |
            script -qefc 'TERM=xterm "$SLUICE" {{arguments}}' seen >/dev/null
        cat seen
        """)).Text;

    Dictionary<string, string?> Environment => new(StringComparer.Ordinal)
    {
        ["FOLDER"] = _workplace.Folder, ["SLUICE"] = SluiceProgram.Path, ["SLUICE_TO"] = null, ["SLUICE_DEBUG"] = null, ["CI"] = null, ["NO_COLOR"] = null,
    };

    public void Dispose() => _workplace.Dispose();
}
