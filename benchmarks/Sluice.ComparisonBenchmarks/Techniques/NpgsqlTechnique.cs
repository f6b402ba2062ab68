using Npgsql;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A technique over one open Npgsql connection.</summary>
public abstract class NpgsqlTechnique : ClientTechnique<PostgresTarget>
{
    protected const string Insert = "INSERT INTO metrics(device_id, ts, value, status, label, updated_at) ";

    protected NpgsqlConnection Connection { get; set; } = null!;

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        _ = rows.Array.Length;
        Connection = await target.OpenAsync();
    }

    protected override async Task CloseAsync() => await Connection.DisposeAsync();
}
