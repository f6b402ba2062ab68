using Npgsql;

namespace Sluice.ComparisonBenchmarks.Targets;

/// <summary>The PostgreSQL server that the bench script started.</summary>
public sealed class PostgresTarget(string connectionString, string serverDirectory) : Target
{
    const string CreateTable =
        """
        SET client_min_messages = warning;
        CREATE TABLE IF NOT EXISTS metrics(
            device_id bigint, ts timestamptz, value double precision NOT NULL, status int NOT NULL, label text NOT NULL, updated_at timestamptz,
            PRIMARY KEY (device_id, ts));
        """;

    const string ReadChecksum =
        """
        SELECT count(*), coalesce(sum((
            device_id * 1000003 + extract(epoch FROM ts)::bigint * 8191 + status * 127 + round(value * 100)::bigint * 31
            + substr(label, 8)::bigint * 17 + coalesce((extract(epoch FROM updated_at) * 1000)::bigint, 1) * 7) % 2147483647), 0)::bigint
        FROM metrics
        """;

    static readonly string[] s_settings = ["server_version", "shared_buffers", "max_wal_size", "fsync", "synchronous_commit", "autovacuum"];

    public override string Name => "postgres";

    public string ConnectionString => connectionString;

    /// <summary>The folder of the server's Unix socket, as libpq's host.</summary>
    public string Host { get; } = new NpgsqlConnectionStringBuilder(connectionString).Host!;

    /// <summary>A file in a folder where the server may write and read.</summary>
    public string ServerFile(string name) => Path.Combine(serverDirectory, name);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await connection.RunAsync("SELECT 1");
        return connection;
    }

    public override async Task ResetAsync()
    {
        await using var connection = await OpenAsync();
        await connection.RunAsync(CreateTable);
        await connection.RunAsync("TRUNCATE metrics");
        await connection.RunAsync("CHECKPOINT");
    }

    public override async Task<Checksum> ReadChecksumAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(ReadChecksum, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Checksum(reader.GetInt64(0), reader.GetInt64(1));
    }

    public override async Task<IReadOnlyDictionary<string, string>> DescribeAsync()
    {
        await using var connection = await OpenAsync();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in s_settings)
        {
            await using var command = new NpgsqlCommand($"SHOW {setting}", connection);
            found[$"postgres {setting}"] = (string)(await command.ExecuteScalarAsync())!;
        }
        return found;
    }
}
