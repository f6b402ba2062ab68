using NpgsqlTypes;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>NpgsqlBinaryImporter into a temporary table, analyzed, and one statement from there; each chunk in a transaction of its own.</summary>
public sealed class StagedSet(string name, SetVerb verb, int? chunkRows = null, bool isShuffled = false) : NpgsqlTechnique
{
    public override string Name => name;

    public override bool IsShuffled => isShuffled;

    protected override async Task InsertAsync(RowSet rows)
    {
        await Connection.RunAsync($"CREATE TEMP TABLE s AS SELECT {SetSql.Columns} FROM metrics WITH NO DATA");
        var size = chunkRows ?? rows.Count;
        for (var first = 0; first < rows.Count; first += size)
        {
            await using var transaction = await Connection.BeginTransactionAsync();
            if (first > 0)
                await Connection.RunAsync("TRUNCATE s");
            await CopyAsync(rows.Array, first, Math.Min(size, rows.Count - first));
            // Without statistics the planner joins row by row.
            if (verb is SetVerb.Update)
                await Connection.RunAsync("ANALYZE s");
            await Connection.RunAsync(SetSql.Over(verb, "s"));
            await transaction.CommitAsync();
        }
        await Connection.RunAsync("DROP TABLE s");
    }

    async Task CopyAsync(Metric[] rows, int first, int count)
    {
        await using var importer = await Connection.BeginBinaryImportAsync($"COPY s({SetSql.Columns}) FROM STDIN (FORMAT binary)");
        for (var i = first; i < first + count; i++)
        {
            var row = rows[i];
            await importer.StartRowAsync();
            await importer.WriteAsync(row.DeviceId, NpgsqlDbType.Bigint);
            await importer.WriteAsync(row.Ts, NpgsqlDbType.TimestampTz);
            await importer.WriteAsync(row.Value, NpgsqlDbType.Double);
            await importer.WriteAsync(row.Status, NpgsqlDbType.Integer);
            await importer.WriteAsync(row.Label, NpgsqlDbType.Text);
            if (row.UpdatedAt is { } updatedAt)
                await importer.WriteAsync(updatedAt, NpgsqlDbType.TimestampTz);
            else
                await importer.WriteNullAsync();
        }
        await importer.CompleteAsync();
    }
}

/// <summary>The statement over rows that stand in a table of the server already: no client could be faster.</summary>
public sealed class StagedLimit(SetVerb verb) : NpgsqlTechnique
{
    public override string Name => "limit";

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        await base.OpenAsync(target, rows);
        await Connection.RunAsync($"CREATE TEMP TABLE s AS SELECT {SetSql.Columns} FROM metrics WITH NO DATA");
        await using (var importer = await Connection.BeginBinaryImportAsync($"COPY s({SetSql.Columns}) FROM STDIN (FORMAT binary)"))
        {
            foreach (var row in rows.Array)
                await importer.WriteRowAsync(default, row.DeviceId, row.Ts, row.Value, row.Status, row.Label, (object?)row.UpdatedAt ?? DBNull.Value);
            await importer.CompleteAsync();
        }
        await Connection.RunAsync("ANALYZE s");
    }

    protected override Task InsertAsync(RowSet rows) => Connection.RunAsync(SetSql.Over(verb, "s"));

    protected override async Task CloseAsync()
    {
        await Connection.RunAsync("DROP TABLE s");
        await base.CloseAsync();
    }
}
