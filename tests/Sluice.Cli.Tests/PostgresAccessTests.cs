using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sluice.Cli.Tests.Runs;
using Sluice.Specification;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests;

/// <summary>A server that asks for a password: what is printed never holds one.</summary>
public sealed class PostgresAccessTests(ServerWithPassword server) : IClassFixture<ServerWithPassword>, IDisposable
{
    readonly Workplace _workplace = new();

    [Theory]
    [InlineData(null)]
    [InlineData("SLUICE_DEBUG")]
    public async Task A_wrong_password_is_told_and_not_printed(string? variable)
    {
        server.Require();
        var run = await LoadAsync(server.UrlWith("ann%40hunter2"), variable is null ? null : new() { [variable] = "1" });
        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("(SLU0302)", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Errors + run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("json")]
    [InlineData("none")]
    public async Task The_right_password_is_not_printed_either(string progress)
    {
        server.Require();
        var run = await LoadAsync(server.UrlWith(Uri.EscapeDataString(ServerWithPassword.Password)), null, "--progress", progress);
        Assert.True(run.ExitCode == ExitCode.Done, run.Errors);
        Assert.DoesNotContain(ServerWithPassword.Password, run.Errors + run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors + run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keywords_and_values_as_psql_takes_them_let_in_too()
    {
        server.Require();
        var quoted = ServerWithPassword.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        var url = new Uri(server.UrlWith(null));
        var run = await LoadAsync($"host=127.0.0.1 port={url.Port} user=postgres dbname = postgres password='{quoted}' connect_timeout=5", null);
        Assert.True(run.ExitCode == ExitCode.Done, run.Errors);
        Assert.DoesNotContain("s3cret", run.Errors + run.Text, StringComparison.Ordinal);
        var wrong = await LoadAsync($"host=127.0.0.1 port={url.Port} user=postgres dbname=postgres password=hunter2", null);
        Assert.Equal(ExitCode.Unreachable, wrong.ExitCode);
        Assert.DoesNotContain("hunter2", wrong.Errors + wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_may_come_from_the_environment()
    {
        server.Require();
        var run = await LoadAsync(server.UrlWith(null), new() { ["PGPASSWORD"] = ServerWithPassword.Password });
        Assert.True(run.ExitCode == ExitCode.Done, run.Errors);
    }

    [Fact]
    public async Task A_missing_database_is_told_by_its_name()
    {
        server.Require();
        var run = await LoadAsync(server.UrlWith(Uri.EscapeDataString(ServerWithPassword.Password), "nowhere"), null);
        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("nowhere", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors + run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_down_is_not_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var run = await LoadAsync($"postgres://ann:hunter2@127.0.0.1:{port}/app", null);
        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("(SLU0301)", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Errors + run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_does_not_keep_a_command_that_was_told_to_stop()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = string.Create(CultureInfo.InvariantCulture, $"postgres://ann:hunter2@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/app?connect_timeout=60");
        using var process = SluiceProgram.Start(_workplace.Folder, ["load", _workplace.Write("rows.csv", "id\n1\n"), "--to", target]);
        using var silent = await listener.AcceptTcpClientAsync();
        var told = Stopwatch.StartNew();
        await Tool.RunAsync("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(told.Elapsed < TimeSpan.FromSeconds(20), told.Elapsed.ToString());
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_may_not_be_written_to_keeps_nothing()
    {
        server.Require();
        await server.ExecuteAsync("CREATE ROLE reader LOGIN PASSWORD 'hunter2'; CREATE TABLE closed (id integer); GRANT SELECT ON closed TO reader");
        var run = await LoadAsync(server.UrlWith("hunter2", user: "reader"), null, "--table", "closed");
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains("closed", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Errors + run.Text, StringComparison.Ordinal);
    }

    Task<ToolOutput> LoadAsync(string target, Dictionary<string, string>? environment, params string[] more)
    {
        var file = _workplace.Write("rows.csv", "id\n1\n2\n");
        string[] create = more.Contains("--table") ? [] : ["--create"];
        return SluiceProgram.RunAsync(_workplace.Folder, ["load", file, "--to", target, .. create, .. more], environment: environment);
    }

    public void Dispose() => _workplace.Dispose();
}
