using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Many upserts of few rows each, one call after the other, by a prepared statement over arrays that commits by itself.</summary>
public sealed class UnnestCalls(int callRows) : NpgsqlTechnique
{
    public override string Name => $"prepared-{callRows}";

    protected override async Task InsertAsync(RowSet rows)
    {
        var arrays = new MetricArrays(callRows);
        await using var command = await arrays.PrepareAsync(Connection, SetSql.Over(SetVerb.Upsert, SetSql.Unnested));
        for (var first = 0; first + callRows <= rows.Count; first += callRows)
        {
            arrays.Set(rows.Array.AsSpan(first, callRows));
            arrays.Assign(command.Parameters);
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>Many calls of Engine.UpsertAsync with few rows each.</summary>
public class SluiceCalls(int callRows) : ClientTechnique<Target>
{
    readonly SluiceEngine _engine = new();
    Metric[][] _calls = [];

    public override string Name => $"sluice-{callRows}";

    protected override async Task OpenAsync(Target target, RowSet rows)
    {
        _calls = [.. rows.Array.Chunk(callRows)];
        await _engine.OpenAsync(target);
    }

    protected override async Task InsertAsync(RowSet rows)
    {
        foreach (var call in _calls)
            await CallAsync(_engine.Value, call);
    }

    private protected virtual Task CallAsync(Engine engine, Metric[] rows) => engine.UpsertAsync(rows);

    protected override Task CloseAsync() => _engine.CloseAsync();
}

/// <summary>Many transactions of a prepared SqliteCommand that is run for few rows each.</summary>
public class SqliteCommandCalls(int callRows) : SqliteTechnique
{
    public override string Name => $"prepared-{callRows}";

    private protected virtual string Sql => SetSql.ForOneRow(SetVerb.Upsert);

    protected override Task InsertAsync(RowSet rows)
    {
        using var command = new Microsoft.Data.Sqlite.SqliteCommand(Sql, Connection);
        var parameters = new SqliteMetricParameters(command);
        command.Prepare();
        for (var first = 0; first + callRows <= rows.Count; first += callRows)
        {
            using var transaction = Connection.BeginTransaction();
            command.Transaction = transaction;
            for (var i = first; i < first + callRows; i++)
            {
                parameters.Set(rows.Array[i]);
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return Task.CompletedTask;
    }
}
