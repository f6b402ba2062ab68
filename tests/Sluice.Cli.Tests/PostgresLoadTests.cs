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

    [Fact]
    public async Task A_table_that_a_coordinator_creates_is_said_to_be_there_alone()
    {
        await using var pretended = new CliPostgres();
        await pretended.InitializeAsync();
        pretended.Require();
        await pretended.ExecuteAsync("""
            SET allow_system_table_mods = on;
            INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) VALUES (4000000000, 'citus', 10, 11, false, '13.2');
            CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char", repmodel "char");
            CREATE TABLE pg_catalog.pg_dist_node (noderole text, shouldhaveshards boolean);
            INSERT INTO pg_catalog.pg_dist_node VALUES ('primary', true)
            """);
        var run = await RunAsync(["load", Write("rows.csv", "id\n1\n"), "--to", pretended.ConnectionString, "--table", "lone", "--create"]);
        Expect(ExitCode.Done, run);
        Assert.Contains("'lone' is on the coordinator alone; SELECT create_distributed_table('lone', '<column>') spreads its rows.", run.Errors, StringComparison.Ordinal);
    }
}
