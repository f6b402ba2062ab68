using Microsoft.Data.Sqlite;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A technique over one open Microsoft.Data.Sqlite connection.</summary>
public abstract class SqliteTechnique : ClientTechnique<SqliteTarget>
{
    protected const string Insert =
        "INSERT INTO metrics(device_id, ts, value, status, label, updated_at) VALUES (@DeviceId, @Ts, @Value, @Status, @Label, @UpdatedAt)";

    protected SqliteConnection Connection { get; set; } = null!;

    protected override async Task OpenAsync(SqliteTarget target, RowSet rows)
    {
        _ = rows.Array.Length;
        Connection = await target.OpenAsync();
    }

    protected override async Task CloseAsync() => await Connection.DisposeAsync();
}
