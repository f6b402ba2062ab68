using Npgsql;
using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One row's typed parameters, made once and set again for each row.</summary>
sealed class MetricParameters
{
    readonly NpgsqlParameter<long> _deviceId = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    readonly NpgsqlParameter<DateTimeOffset> _ts = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    readonly NpgsqlParameter<double> _value = new() { NpgsqlDbType = NpgsqlDbType.Double };
    readonly NpgsqlParameter<int> _status = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    readonly NpgsqlParameter<string> _label = new() { NpgsqlDbType = NpgsqlDbType.Text };
    readonly NpgsqlParameter _updatedAt = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };

    internal MetricParameters(NpgsqlParameterCollection parameters)
    {
        foreach (var parameter in (NpgsqlParameter[])[_deviceId, _ts, _value, _status, _label, _updatedAt])
            parameters.Add(parameter);
    }

    internal void Set(in Metric row)
    {
        _deviceId.TypedValue = row.DeviceId;
        _ts.TypedValue = row.Ts;
        _value.TypedValue = row.Value;
        _status.TypedValue = row.Status;
        _label.TypedValue = row.Label;
        _updatedAt.Value = row.UpdatedAt is { } updatedAt ? updatedAt : DBNull.Value;
    }
}
