using Npgsql;
using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>One array a column, made once and filled again for each chunk of as many rows.</summary>
sealed class MetricArrays(int count)
{
    readonly long[] _deviceId = new long[count];
    readonly DateTimeOffset[] _ts = new DateTimeOffset[count];
    readonly double[] _value = new double[count];
    readonly int[] _status = new int[count];
    readonly string[] _label = new string[count];
    readonly DateTimeOffset?[] _updatedAt = new DateTimeOffset?[count];

    internal void Set(ReadOnlySpan<Metric> rows)
    {
        for (var i = 0; i < rows.Length; i++)
            (_deviceId[i], _ts[i], _value[i], _status[i], _label[i], _updatedAt[i]) = rows[i];
    }

    internal void Assign(NpgsqlParameterCollection parameters)
    {
        object[] arrays = [_deviceId, _ts, _value, _status, _label, _updatedAt];
        for (var i = 0; i < arrays.Length; i++)
            parameters[i].Value = arrays[i];
    }

    internal async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        NpgsqlDbType[] types =
            [NpgsqlDbType.Bigint, NpgsqlDbType.TimestampTz, NpgsqlDbType.Double, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz];
        foreach (var type in types)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        Assign(command.Parameters);
        await command.PrepareAsync();
        return command;
    }
}
