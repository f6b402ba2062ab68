using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class PostgresBadInputTests(CliPostgres database) : BadInputSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _postgres = database;

    protected override string Target => _postgres.ConnectionString;

    [Theory]
    [InlineData("xmin,a\n1,2\n", "every table of PostgreSQL has a system column 'xmin' already", "SLU0731")]
    [InlineData("a,ctid\n1,2\n", "every table of PostgreSQL has a system column 'ctid' already", "SLU0731")]
    [InlineData("wide", "it has 1601 columns, and a table of PostgreSQL at most 1600", "SLU0726")]
    public async Task A_table_that_cannot_be_is_refused_in_our_words(string text, string problem, string code)
    {
        if (text is "wide")
            text = string.Join(',', Enumerable.Range(0, 1_601).Select(i => $"c{i}")) + "\n" + string.Join(',', Enumerable.Repeat("1", 1_601)) + "\n";
        Write("rows.csv", text);
        foreach (var dryRun in (string[][])[[], ["--dry-run"]])
        {
            var run = await LoadAsync(["rows.csv", "--create", .. dryRun]);
            Expect(ExitCode.Usage, run);
            Assert.Contains(problem, run.Errors, StringComparison.Ordinal);
            Assert.Contains($"({code})", run.Errors, StringComparison.Ordinal);
            Assert.False(await TableExistsAsync());
        }
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("upsert")]
    public async Task A_row_that_no_partition_takes_is_told_so(string mode)
    {
        await Database.ExecuteAsync($"CREATE TABLE {Table} (id integer PRIMARY KEY) PARTITION BY RANGE (id)");
        await Database.ExecuteAsync($"CREATE TABLE {Table}_1 PARTITION OF {Table} FOR VALUES FROM (0) TO (10)");
        Write("rows.csv", "id\n1\n99\n");
        var run = await LoadAsync("rows.csv", "--mode", mode);
        Expect(ExitCode.Failed, run);
        Assert.Contains($"no partition of table '{Table}' takes the row", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("''", run.Errors, StringComparison.Ordinal);
        var inside = await RunAsync(["load", "rows.csv", "--to", Target, "--table", $"{Table}_1", "--mode", mode]);
        Expect(ExitCode.Failed, inside);
        Assert.Contains($"does not belong into the partition '{Table}_1'", inside.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task A_dry_run_knows_the_labels_of_an_enumeration()
    {
        await Database.ExecuteAsync($"CREATE TYPE {Table}_mood AS ENUM ('sad', 'ok')");
        await CreateAsync($"id integer, mood {Table}_mood");
        Write("rows.csv", "id,mood\n1,ok\n2,happy\n3,\n4,OK\n");
        var dry = await LoadAsync("rows.csv", "--dry-run");
        Expect(ExitCode.Failed, dry);
        Assert.Contains("Column 'mood': 2 rows, the first is row 2", dry.Errors, StringComparison.Ordinal);
        Assert.Contains("which are 'sad', 'ok'", dry.Errors, StringComparison.Ordinal);
        Expect(ExitCode.Failed, await LoadAsync("rows.csv"));
        Write("rows.csv", "id,mood\n1,ok\n2,sad\n3,\n");
        Expect(ExitCode.Done, await LoadAsync("rows.csv", "--dry-run"));
        Expect(ExitCode.Done, await LoadAsync("rows.csv"));
    }
}
