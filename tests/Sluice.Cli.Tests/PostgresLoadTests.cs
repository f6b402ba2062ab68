using Sluice.Cli.Tests.Runs;
using Sluice.Cli.Tests.Spec;

namespace Sluice.Cli.Tests;

public sealed class PostgresLoadTests(CliPostgres database) : LoadSpec(database), IClassFixture<CliPostgres>
{
    readonly CliPostgres _postgres = database;

    protected override string Target => _postgres.ConnectionString;

    [Fact]
    public async Task A_schema_is_named_before_a_dot()
    {
        await Database.ExecuteAsync("CREATE SCHEMA sales");
        var run = await RunAsync(["load", Write("rows.csv", "id\n1\n"), "--to", Target, "--table", "sales.orders", "--create"]);
        Expect(ExitCode.Done, run);
        Assert.Equal("1", await QueryAsync("SELECT id FROM sales.orders"));
    }

    [Fact]
    public async Task A_server_knows_who_is_loading()
    {
        await Database.ExecuteAsync($"CREATE TABLE {Table} (id integer, who text DEFAULT current_setting('application_name'))");
        Expect(ExitCode.Done, await LoadAsync(Write("rows.csv", "id\n1\n")));
        Assert.Equal("sluice", await QueryAsync($"SELECT who FROM {Table}"));
    }
}
