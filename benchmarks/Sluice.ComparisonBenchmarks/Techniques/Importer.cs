using Npgsql;
using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>NpgsqlBinaryImporter as its documentation shows it, one await a value: the raw driver's own bulk insert.</summary>
public sealed class Importer(string name, bool isShuffled) : NpgsqlTechnique
{
    internal const string Copy = "COPY metrics(device_id, ts, value, status, label, updated_at) FROM STDIN (FORMAT binary)";

    public override string Name => name;

    public override bool IsShuffled => isShuffled;

    protected override Task InsertAsync(RowSet rows) => CopyAsync(Connection, rows.Array);

    internal static async Task CopyAsync(NpgsqlConnection connection, Metric[] rows)
    {
        await using var importer = await connection.BeginBinaryImportAsync(Copy);
        foreach (var row in rows)
        {
            await importer.StartRowAsync();
            await importer.WriteAsync(row.DeviceId, NpgsqlDbType.Bigint);
            await importer.WriteAsync(row.Ts, NpgsqlDbType.TimestampTz);
            await importer.WriteAsync(row.Value, NpgsqlDbType.Double);
            await importer.WriteAsync(row.Status, NpgsqlDbType.Integer);
            await importer.WriteAsync(row.Label, NpgsqlDbType.Text);
            if (row.UpdatedAt is { } updatedAt)
                await importer.WriteAsync(updatedAt, NpgsqlDbType.TimestampTz);
            else
                await importer.WriteNullAsync();
        }
        await importer.CompleteAsync();
    }
}
