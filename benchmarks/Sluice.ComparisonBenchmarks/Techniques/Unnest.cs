using Npgsql;
using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A prepared INSERT … SELECT from unnest of one array a column, 5,000 rows a statement.</summary>
public sealed class Unnest : NpgsqlTechnique
{
    const int ChunkRows = 5_000;

    public override string Name => "unnest-5000";

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var transaction = await Connection.BeginTransactionAsync();
        var arrays = new Arrays(ChunkRows);
        await using var command = await PrepareAsync(arrays);
        foreach (var chunk in rows.Array.Chunk(ChunkRows))
        {
            if (chunk.Length != ChunkRows)
                arrays = new Arrays(chunk.Length);
            arrays.Set(chunk);
            arrays.Assign(command.Parameters);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    async Task<NpgsqlCommand> PrepareAsync(Arrays arrays)
    {
        var command = new NpgsqlCommand(
            Insert + "SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::int[], $5::text[], $6::timestamptz[])", Connection);
        NpgsqlDbType[] types =
            [NpgsqlDbType.Bigint, NpgsqlDbType.TimestampTz, NpgsqlDbType.Double, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz];
        foreach (var type in types)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        arrays.Assign(command.Parameters);
        await command.PrepareAsync();
        return command;
    }

    sealed class Arrays(int count)
    {
        readonly long[] _deviceId = new long[count];
        readonly DateTimeOffset[] _ts = new DateTimeOffset[count];
        readonly double[] _value = new double[count];
        readonly int[] _status = new int[count];
        readonly string[] _label = new string[count];
        readonly DateTimeOffset?[] _updatedAt = new DateTimeOffset?[count];

        internal void Set(Metric[] rows)
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
    }
}
