using Npgsql;
using Sluice.ComparisonBenchmarks.Rows;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>A prepared INSERT with 1,000 rows of VALUES.</summary>
public sealed class MultiRowValues : NpgsqlTechnique
{
    const int StatementRows = 1_000;

    public override string Name => "values-1000";

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var transaction = await Connection.BeginTransactionAsync();
        NpgsqlCommand? command = null;
        var parameters = new List<MetricParameters>();
        foreach (var chunk in rows.Array.Chunk(StatementRows))
        {
            if (command is null || parameters.Count != chunk.Length)
                command = await PrepareAsync(chunk.Length, parameters);
            for (var i = 0; i < chunk.Length; i++)
                parameters[i].Set(chunk[i]);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    /// <summary>The parameters of so many rows.</summary>
    internal static string Places(int rows) =>
        string.Join(',', Enumerable.Range(0, rows).Select(i => $"(${i * 6 + 1},${i * 6 + 2},${i * 6 + 3},${i * 6 + 4},${i * 6 + 5},${i * 6 + 6})"));

    async Task<NpgsqlCommand> PrepareAsync(int count, List<MetricParameters> parameters)
    {
        var command = new NpgsqlCommand($"{Insert}VALUES {Places(count)}", Connection);
        parameters.Clear();
        for (var i = 0; i < count; i++)
            parameters.Add(new MetricParameters(command.Parameters));
        await command.PrepareAsync();
        return command;
    }
}
