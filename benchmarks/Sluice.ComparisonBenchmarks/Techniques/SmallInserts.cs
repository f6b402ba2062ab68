using LinqToDB.Data;
using Npgsql;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Many inserts of few new rows each, one call after the other.</summary>
interface ISmallInserts;

/// <summary>By a prepared statement over arrays that commits by itself.</summary>
public sealed class UnnestInserts(int callRows) : NpgsqlTechnique, ISmallInserts
{
    public override string Name => $"insert-unnest-{callRows}";

    protected override async Task InsertAsync(RowSet rows)
    {
        var arrays = new MetricArrays(callRows);
        await using var command = await arrays.PrepareAsync(Connection,
            $"INSERT INTO metrics({SetSql.Columns}) SELECT {SetSql.Columns} FROM {SetSql.Unnested}");
        for (var first = 0; first + callRows <= rows.Count; first += callRows)
        {
            arrays.Set(rows.Array.AsSpan(first, callRows));
            arrays.Assign(command.Parameters);
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>By a prepared statement of so many rows of VALUES.</summary>
public sealed class ValuesInserts(int callRows) : NpgsqlTechnique, ISmallInserts
{
    public override string Name => $"insert-values-{callRows}";

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var command = new NpgsqlCommand($"{Insert}VALUES {MultiRowValues.Places(callRows)}", Connection);
        var parameters = Enumerable.Range(0, callRows).Select(_ => new MetricParameters(command.Parameters)).ToArray();
        await command.PrepareAsync();
        for (var first = 0; first + callRows <= rows.Count; first += callRows)
        {
            for (var i = 0; i < callRows; i++)
                parameters[i].Set(rows.Array[first + i]);
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>By a COPY of the driver's for each call, which commits by itself.</summary>
public sealed class ImporterInserts(int callRows) : NpgsqlTechnique, ISmallInserts
{
    Metric[][] _calls = [];

    public override string Name => $"insert-importer-{callRows}";

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        _calls = [.. rows.Array.Chunk(callRows)];
        await base.OpenAsync(target, rows);
    }

    protected override async Task InsertAsync(RowSet rows)
    {
        foreach (var call in _calls)
            await Importer.CopyAsync(Connection, call);
    }
}

/// <summary>By linq2db's BulkCopy, in the way that it chooses.</summary>
public sealed class Linq2DbInserts(int callRows) : ClientTechnique<PostgresTarget>, ISmallInserts
{
    DataConnection _connection = null!;
    Linq2DbMetric[][] _calls = [];

    public override string Name => $"insert-linq2db-{callRows}";

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        _calls = [.. rows.Array.Select(Linq2DbMetric.From).Chunk(callRows)];
        _connection = await Linq2Db.OpenAsync(target);
    }

    protected override async Task InsertAsync(RowSet rows)
    {
        foreach (var call in _calls)
            await _connection.BulkCopyAsync(new BulkCopyOptions(), call);
    }

    protected override async Task CloseAsync() => await _connection.DisposeAsync();
}

/// <summary>By Engine.InsertAsync.</summary>
public sealed class SluiceInserts(int callRows) : SluiceCalls(callRows), ISmallInserts
{
    public override string Name => base.Name.Insert(0, "insert-");

    private protected override Task CallAsync(Engine engine, Metric[] rows) => engine.InsertAsync(rows);
}

/// <summary>Many transactions of a prepared SqliteCommand that inserts a row.</summary>
public sealed class SqliteCommandInserts(int callRows) : SqliteCommandCalls(callRows), ISmallInserts
{
    public override string Name => base.Name.Insert(0, "insert-");

    private protected override string Sql => SetSql.InsertOneRow;
}
