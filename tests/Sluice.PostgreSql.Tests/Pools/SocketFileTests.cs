using Npgsql;
using Sluice.PostgreSql.Pooling;

namespace Sluice.PostgreSql.Tests.Pools;

public sealed class SocketFileTests
{
    [Theory]
    [InlineData("Host=/var/run/postgresql", 2 * 1024 * 1024)]
    [InlineData("Host=@postgres", 2 * 1024 * 1024)]
    [InlineData("Host=/var/run/postgresql;Socket Send Buffer Size=8192", 8192)]
    [InlineData("Host=localhost", 0)]
    [InlineData("Host=10.0.0.1,10.0.0.2", 0)]
    public void Only_a_socket_file_that_has_no_size_is_given_one(string connectionString, int expected)
    {
        var settings = ConnectionSettings.Of(connectionString, new PostgresEngineOptions());

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(settings.Pooled).SocketSendBufferSize);
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(settings.Overflow).SocketSendBufferSize);
    }
}
