using Microsoft.Data.Sqlite;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One row's parameters of a SqliteCommand, made once and set again for each row.</summary>
sealed class SqliteMetricParameters(SqliteCommand command)
{
    readonly SqliteParameter _deviceId = command.Parameters.Add("@DeviceId", SqliteType.Integer);
    readonly SqliteParameter _ts = command.Parameters.Add("@Ts", SqliteType.Text);
    readonly SqliteParameter _value = command.Parameters.Add("@Value", SqliteType.Real);
    readonly SqliteParameter _status = command.Parameters.Add("@Status", SqliteType.Integer);
    readonly SqliteParameter _label = command.Parameters.Add("@Label", SqliteType.Text);
    readonly SqliteParameter _updatedAt = command.Parameters.Add("@UpdatedAt", SqliteType.Text);

    internal void Set(in Metric row)
    {
        _deviceId.Value = row.DeviceId;
        _ts.Value = row.Ts;
        _value.Value = row.Value;
        _status.Value = row.Status;
        _label.Value = row.Label;
        _updatedAt.Value = row.UpdatedAt is { } updated ? updated : DBNull.Value;
    }
}
