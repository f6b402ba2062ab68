using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A prepared statement over unnest of one array a column, each chunk in a transaction of its own.</summary>
public sealed class UnnestSet(string name, SetVerb verb, int chunkRows) : NpgsqlTechnique
{
    public override string Name => name;

    protected override async Task InsertAsync(RowSet rows)
    {
        var arrays = new MetricArrays(chunkRows);
        await using var command = await arrays.PrepareAsync(Connection, SetSql.Over(verb, SetSql.Unnested));
        for (var first = 0; first < rows.Count; first += chunkRows)
        {
            var count = Math.Min(chunkRows, rows.Count - first);
            if (count != chunkRows)
                arrays = new MetricArrays(count);
            arrays.Set(rows.Array.AsSpan(first, count));
            arrays.Assign(command.Parameters);
            await command.ExecuteNonQueryAsync();
        }
    }
}
