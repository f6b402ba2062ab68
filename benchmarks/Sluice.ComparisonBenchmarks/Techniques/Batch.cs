using Npgsql;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>NpgsqlBatch of single-row inserts, 1,000 a round trip.</summary>
public sealed class Batch : NpgsqlTechnique
{
    const int BatchRows = 1_000;

    public override string Name => "batch-1000";

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var transaction = await Connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(Connection, transaction);
        var parameters = new List<MetricParameters>(BatchRows);
        foreach (var chunk in rows.Array.Chunk(BatchRows))
        {
            Fit(batch, parameters, chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
                parameters[i].Set(chunk[i]);
            await batch.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    static void Fit(NpgsqlBatch batch, List<MetricParameters> parameters, int count)
    {
        for (var i = batch.BatchCommands.Count; i < count; i++)
        {
            var command = new NpgsqlBatchCommand(Insert + "VALUES ($1, $2, $3, $4, $5, $6)");
            parameters.Add(new MetricParameters(command.Parameters));
            batch.BatchCommands.Add(command);
        }
        while (batch.BatchCommands.Count > count)
            batch.BatchCommands.RemoveAt(batch.BatchCommands.Count - 1);
    }
}
