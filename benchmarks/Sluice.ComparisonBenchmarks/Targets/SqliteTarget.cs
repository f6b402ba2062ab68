using Microsoft.Data.Sqlite;

namespace Sluice.ComparisonBenchmarks.Targets;

/// <summary>A SQLite file that is made anew for each run: WAL, synchronous NORMAL.</summary>
public sealed class SqliteTarget(string directory) : Target
{
    const string CreateTable =
        """
        PRAGMA journal_mode = WAL;
        CREATE TABLE metrics(device_id INTEGER NOT NULL, ts TEXT NOT NULL, value REAL NOT NULL, status INTEGER NOT NULL, label TEXT NOT NULL,
            updated_at TEXT, PRIMARY KEY(device_id, ts));
        """;

    const string ReadChecksum =
        """
        SELECT count(*), coalesce(sum((
            device_id * 1000003 + unixepoch(ts) * 8191 + status * 127 + CAST(round(value * 100) AS INTEGER) * 31
            + CAST(substr(label, 8) AS INTEGER) * 17
            + coalesce(CAST(round(unixepoch(nullif(updated_at, ''), 'subsec') * 1000) AS INTEGER), 1) * 7) % 2147483647), 0)
        FROM metrics
        """;

    // The bytes that Microsoft.Data.Sqlite stores for a DateTimeOffset: fractions without their zeros at the end, and the offset.
    const string CountForeignValues =
        """
        SELECT count(*) FROM metrics
        WHERE ts <> strftime('%Y-%m-%d %H:%M:%S+00:00', ts)
           OR updated_at <> rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', updated_at), '0'), '.') || '+00:00'
           OR typeof(ts) <> 'text' OR typeof(value) <> 'real' OR typeof(label) <> 'text' OR typeof(updated_at) NOT IN ('text', 'null')
        """;

    public override string Name => "sqlite";

    public string File { get; } = Path.Combine(directory, "bench.db");

    public async Task<SqliteConnection> OpenAsync()
    {
        // Unpooled, so that nothing holds the file when the next run deletes it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        await connection.OpenAsync();
        await connection.RunAsync("PRAGMA synchronous = NORMAL");
        return connection;
    }

    public override async Task ResetAsync()
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            System.IO.File.Delete(File + suffix);
        await using var connection = await OpenAsync();
        await connection.RunAsync(CreateTable);
    }

    public override async Task<Checksum> ReadChecksumAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(ReadChecksum, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Checksum(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Counts rows whose stored bytes are not those that Microsoft.Data.Sqlite would have stored.</summary>
    public async Task<long> CountForeignValuesAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(CountForeignValues, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async Task<IReadOnlyDictionary<string, string>> DescribeAsync()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["sqlite version"] = connection.ServerVersion,
            ["sqlite journal_mode"] = "wal",
            ["sqlite synchronous"] = "normal",
        };
    }
}
