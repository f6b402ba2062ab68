using System.Diagnostics;
using Npgsql;
using Sluice.Specification;
using Sluice.Specification.Servers;

namespace Sluice.PostgreSql.Tests.Servers;

/// <summary>The servers that all other tests stand on.</summary>
public class PostgresServerTests
{
    [Theory]
    [InlineData(15)]
    [InlineData(18)]
    public async Task The_server_is_of_the_version_asked_for_and_keeps_UTC(int version)
    {
        Require(version);
        var server = await SharedServers.GetAsync(version);

        var answer = await QueryAsync(server.ConnectionString, "SELECT current_setting('server_version_num')::int / 10000 || ' ' || current_setting('timezone')");

        Assert.Equal($"{version} UTC", answer);
    }

    [Fact]
    public async Task A_server_with_a_password_refuses_another_one()
    {
        Require(15);
        await using var server = await PostgresServer.StartAsync(15, new() { Password = "right" });
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong" }.ConnectionString;

        Assert.Equal("1", await QueryAsync(server.ConnectionString, "SELECT '1'"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(wrong, "SELECT '1'"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_disposed_server_leaves_no_process_and_no_folder()
    {
        Require(15);
        var server = await PostgresServer.StartAsync(15);
        var folder = Path.GetDirectoryName(server.LogPath);

        await server.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == server.ProcessId);
    }

    [Fact]
    public async Task A_setting_that_the_server_refuses_is_told_with_its_log()
    {
        Require(15);
        var options = new PostgresServerOptions { Settings = new Dictionary<string, string> { ["no_such_setting"] = "1" } };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresServer.StartAsync(15, options));

        Assert.Contains("no_such_setting", failure.Message, StringComparison.Ordinal);
    }

    static void Require(int version)
    {
        if (ServerBinaries.Find(version) is null && !Repository.IsContinuousIntegration)
            Assert.Skip($"PostgreSQL {version} is not installed; ./test installs it.");
    }

    static async Task<string> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
