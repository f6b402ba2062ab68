using DuckDB.NET.Data;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>DuckDB's read_csv into a DuckDB table, by its .NET driver.</summary>
public sealed class DuckDbCsv(CsvFile csv) : ClientTechnique<DuckDbTarget>
{
    DuckDBConnection _connection = null!;

    public override string Name => "duckdb-read-csv";

    public override Task PrepareAsync(Target target, RowSet rows) => csv.MakeAsync(rows);

    protected override async Task OpenAsync(DuckDbTarget target, RowSet rows) => _connection = await target.OpenAsync();

    protected override Task InsertAsync(RowSet rows) => _connection.RunAsync($"INSERT INTO metrics SELECT * FROM read_csv('{csv.PathOf(rows)}')");

    protected override async Task CloseAsync() => await _connection.DisposeAsync();
}

/// <summary>DuckDB's appender, row by row, into a DuckDB table.</summary>
public sealed class DuckDbAppend : ClientTechnique<DuckDbTarget>
{
    DuckDBConnection _connection = null!;

    public override string Name => "duckdb-appender";

    protected override async Task OpenAsync(DuckDbTarget target, RowSet rows)
    {
        _ = rows.Array.Length;
        _connection = await target.OpenAsync();
    }

    protected override Task InsertAsync(RowSet rows)
    {
        using var appender = _connection.CreateAppender("metrics");
        foreach (var row in rows.Array)
        {
            appender.CreateRow()
                .AppendValue(row.DeviceId).AppendValue(row.Ts).AppendValue(row.Value).AppendValue(row.Status).AppendValue(row.Label).AppendValue(row.UpdatedAt)
                .EndRow();
        }
        return Task.CompletedTask;
    }

    protected override async Task CloseAsync() => await _connection.DisposeAsync();
}
