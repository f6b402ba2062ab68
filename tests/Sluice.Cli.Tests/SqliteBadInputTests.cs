using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests;

public sealed class SqliteBadInputTests(CliSqlite database) : BadInputSpec(database), IClassFixture<CliSqlite>, IAsyncLifetime
{
    readonly CliSqlite _sqlite = database;

    protected override string Target => $"sqlite:{_sqlite.FilePath}";

    // The command does not make a database that it was not asked to make.
    public async ValueTask InitializeAsync() => await _sqlite.ExecuteAsync("CREATE TABLE IF NOT EXISTS present (id integer)");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_database_in_a_folder_that_does_not_exist_is_not_reached()
    {
        var run = await RunAsync(["load", Write("rows.csv", "id\n1\n"), "--to", Path.Combine(Folder, "nowhere", "app.db"), "--create"]);
        Expect(ExitCode.Unreachable, run);
        Assert.Contains("(SLU0301)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        var run = await RunAsync(["load", Write("rows.csv", "id\n1\n"), "--to", Write("text.db", new string('x', 8_192)), "--create"]);
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("text.db", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string, string[]> Tables => new()
    {
        { "same.csv", "ID,id\n1,2\n", "its columns 'ID' and 'id' are one for SQLite", "SLU0733", [] },
        { "sqlite_stat1.csv", "id\n1\n", "names that begin with 'sqlite_' are SQLite's own", "SLU0732", [] },
        { "rows.csv", "id\n1\n", "names that begin with 'sqlite_' are SQLite's own", "SLU0732", ["--table", "SQLite_Master"] },
        { "wide.csv", string.Join(',', Enumerable.Range(0, 2_001).Select(i => $"c{i}")) + "\n" + string.Join(',', Enumerable.Repeat("1", 2_001)) + "\n", "it has 2001 columns, and a table of SQLite at most 2000", "SLU0726", [] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_that_cannot_be_is_refused_in_our_words_and_leaves_nothing(string name, string text, string problem,
        string code, string[] arguments)
    {
        Write(name, text);
        foreach (var dryRun in (string[][])[[], ["--dry-run"]])
        {
            var run = await RunAsync(["load", name, "--to", "new.db", "--create", .. arguments, .. dryRun]);
            Expect(ExitCode.Usage, run);
            Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
            Assert.Contains($"({code})", run.Errors, StringComparison.Ordinal);
            Assert.Equal([name], Directory.GetFiles(Folder).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task A_load_that_brings_nothing_leaves_no_database_that_was_not_there()
    {
        Write("bad.csv", "id,name\n1,a\n2,b,c\n");
        Write("good.csv", "id\n1\n");
        Expect(ExitCode.SourceUnreadable, await RunAsync(["load", "bad.csv", "--to", "new.db", "--create"]));
        Assert.Equal(["bad.csv", "good.csv"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Expect(ExitCode.SourceUnreadable, await RunAsync(["load", "bad.csv", "good.csv", "--to", "new.db", "--create"]));
        Assert.Equal("1", (await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "new.db"), "SELECT count(*) FROM good"])).Trim());
        // One that was there stays, however empty it is.
        Write("empty.db", "");
        Expect(ExitCode.SourceUnreadable, await RunAsync(["load", "bad.csv", "--to", "empty.db", "--create"]));
        Assert.True(File.Exists(Path.Combine(Folder, "empty.db")));
    }

    [Theory]
    [InlineData("\"main\".\"t\"", "t")]
    [InlineData("main.t", "t")]
    [InlineData("\"My \"\"T\"\"\"", "My \"T\"")]
    [InlineData("\"a.b\"", "a.b")]
    [InlineData("other.t", "other.t")]
    public async Task A_table_is_created_by_the_name_that_sql_would_take(string told, string name)
    {
        Write("rows.csv", "id\n1\n");
        for (var rows = 1; rows <= 2; rows++)
        {
            // Created by the first load, found by the second.
            Expect(ExitCode.Done, await RunAsync(["load", "rows.csv", "--to", "new.db", "--create", "--table", told]));
            Assert.Equal($"{name}\n{rows}\n", await Tool.RunAsync("sqlite3", [Path.Combine(Folder, "new.db"), $"SELECT name FROM sqlite_schema; SELECT count(*) FROM \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""]));
        }
    }
}
