using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Inserts into a table that numbers its rows; with the numbers handed back, or without.</summary>
public sealed class SluiceNumbered(string name, bool returns) : ClientTechnique<Target>
{
    readonly SluiceEngine _engine = new();
    Numbered[] _rows = [];

    public override string Name => name;

    protected override async Task OpenAsync(Target target, RowSet rows)
    {
        if (_rows.Length != rows.Count)
            _rows = [.. rows.Array.Select(row => Numbered.Of(row))];
        await _engine.OpenAsync(target);
    }

    protected override async Task InsertAsync(RowSet rows)
    {
        if (!returns)
        {
            await _engine.Value.InsertAsync(_rows);
            return;
        }
        var sum = 0L;
        await foreach (var (row, id, _) in _engine.Value.InsertReturningAsync(_rows, Numbered.Table.Id))
            sum += id * row.DeviceId;
        Sum = sum;
    }

    /// <summary>Of the last run, the sum of each number with its row's device.</summary>
    public long? Sum { get; private set; }

    protected override Task CloseAsync() => _engine.CloseAsync();
}

/// <summary>What is written by hand: INSERT … SELECT FROM unnest … RETURNING, 5,000 rows at a time, trusting the order.</summary>
public sealed class UnnestReturning : NpgsqlTechnique
{
    const int ChunkRows = 5_000;

    public override string Name => "unnest-returning";

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var transaction = await Connection.BeginTransactionAsync();
        var arrays = new MetricArrays(ChunkRows);
        await using var command = await arrays.PrepareAsync(Connection, $"INSERT INTO numbered({SetSql.Columns}) SELECT {SetSql.Columns} FROM {SetSql.Unnested} RETURNING id");
        var ids = new long[rows.Count];
        var at = 0;
        foreach (var chunk in rows.Array.Chunk(ChunkRows))
        {
            if (chunk.Length != ChunkRows)
                arrays = new MetricArrays(chunk.Length);
            arrays.Set(chunk);
            arrays.Assign(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                ids[at++] = reader.GetInt64(0);
        }
        await transaction.CommitAsync();
    }
}
