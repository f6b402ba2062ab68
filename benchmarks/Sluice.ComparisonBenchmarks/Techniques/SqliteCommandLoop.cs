using Microsoft.Data.Sqlite;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Microsoft.Data.Sqlite as its documentation shows bulk insert: one prepared command in a transaction, its parameters set for each row.</summary>
public sealed class SqliteCommandLoop : SqliteTechnique
{
    public override string Name => "sqlitecommand";

    protected override Task InsertAsync(RowSet rows)
    {
        using var transaction = Connection.BeginTransaction();
        using var command = new SqliteCommand(Insert, Connection, transaction);
        var deviceId = command.Parameters.Add("@DeviceId", SqliteType.Integer);
        var ts = command.Parameters.Add("@Ts", SqliteType.Text);
        var value = command.Parameters.Add("@Value", SqliteType.Real);
        var status = command.Parameters.Add("@Status", SqliteType.Integer);
        var label = command.Parameters.Add("@Label", SqliteType.Text);
        var updatedAt = command.Parameters.Add("@UpdatedAt", SqliteType.Text);
        command.Prepare();
        foreach (var row in rows.Array)
        {
            deviceId.Value = row.DeviceId;
            ts.Value = row.Ts;
            value.Value = row.Value;
            status.Value = row.Status;
            label.Value = row.Label;
            updatedAt.Value = row.UpdatedAt is { } updated ? updated : DBNull.Value;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return Task.CompletedTask;
    }
}
