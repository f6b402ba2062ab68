using System.Globalization;
using Npgsql;
using Sluice.Specification;
using Sluice.Specification.Servers;

namespace Sluice.Cli.Tests.Runs;

/// <summary>A server that lets nobody in without a password, which has every character that breaks addresses.</summary>
public sealed class ServerWithPassword : IAsyncLifetime
{
    internal const string Password = "s3cret@%#/:?&=;'\" x";

    PostgresServer? _server;

    public void Require()
    {
        if (_server is not null)
            return;
        if (Repository.IsContinuousIntegration)
            Assert.Fail("PostgreSQL 18 is not installed. Run ./test, which installs it.");
        Assert.Skip("PostgreSQL 18 is not installed. Run ./test, which installs it.");
    }

    internal string UrlWith(string? password, string database = "postgres", string user = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://{user}{(password is null ? "" : ":" + password)}@127.0.0.1:{_server!.Port}/{database}");

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server!.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask InitializeAsync()
    {
        if (ServerBinaries.Find(18) is not null)
            _server = await PostgresServer.StartAsync(18, new PostgresServerOptions { Password = Password });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
