using System.Globalization;
using DuckDB.NET.Data;

namespace Sluice.ComparisonBenchmarks.Targets;

/// <summary>A DuckDB file that is made anew for each run: not a database that Sluice writes, but what others measure loaders of files by.</summary>
public sealed class DuckDbTarget(string directory) : Target
{
    const string CreateTable =
        """
        CREATE TABLE metrics(device_id BIGINT, ts TIMESTAMPTZ, value DOUBLE NOT NULL, status INTEGER NOT NULL, label VARCHAR NOT NULL, updated_at TIMESTAMPTZ,
            PRIMARY KEY (device_id, ts))
        """;

    const string ReadChecksum =
        """
        SELECT count(*), coalesce(sum((
            device_id * 1000003 + epoch_ms(ts) // 1000 * 8191 + status * 127 + CAST(round(value * 100) AS BIGINT) * 31
            + CAST(substr(label, 8) AS BIGINT) * 17 + coalesce(epoch_ms(updated_at), 1) * 7) % 2147483647), 0)
        FROM metrics
        """;

    public override string Name => "duckdb";

    public string File { get; } = Path.Combine(directory, "bench.duckdb");

    public async Task<DuckDBConnection> OpenAsync()
    {
        var connection = new DuckDBConnection($"Data Source={File}");
        await connection.OpenAsync();
        return connection;
    }

    public override async Task ResetAsync()
    {
        foreach (var suffix in (string[])["", ".wal"])
            System.IO.File.Delete(File + suffix);
        await using var connection = await OpenAsync();
        await connection.RunAsync(CreateTable);
    }

    public override async Task<Checksum> ReadChecksumAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = ReadChecksum;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Checksum(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), long.Parse(reader.GetValue(1).ToString()!, CultureInfo.InvariantCulture));
    }

    public override async Task<IReadOnlyDictionary<string, string>> DescribeAsync()
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["duckdb version"] = connection.ServerVersion };
    }
}
