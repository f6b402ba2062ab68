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
        var arrays = new MetricArrays(ChunkRows);
        await using var command = await arrays.PrepareAsync(
            Connection, Insert + "SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::int[], $5::text[], $6::timestamptz[])");
        foreach (var chunk in rows.Array.Chunk(ChunkRows))
        {
            if (chunk.Length != ChunkRows)
                arrays = new MetricArrays(chunk.Length);
            arrays.Set(chunk);
            arrays.Assign(command.Parameters);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }
}
