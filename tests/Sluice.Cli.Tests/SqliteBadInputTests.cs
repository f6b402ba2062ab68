using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

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
}
