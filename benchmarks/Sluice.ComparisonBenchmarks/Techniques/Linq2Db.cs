using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>linq2db's BulkCopy, by COPY.</summary>
public sealed class Linq2DbBulkCopy : ClientTechnique<PostgresTarget>
{
    DataConnection _connection = null!;
    Linq2DbMetric[] _rows = [];

    public override string Name => "linq2db";

    protected override async Task OpenAsync(PostgresTarget target, RowSet rows)
    {
        _rows = [.. rows.Array.Select(Linq2DbMetric.From)];
        _connection = await Linq2Db.OpenAsync(target);
    }

    protected override async Task InsertAsync(RowSet rows)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        await _connection.BulkCopyAsync(new BulkCopyOptions { BulkCopyType = BulkCopyType.ProviderSpecific }, _rows);
        await transaction.CommitAsync();
    }

    protected override async Task CloseAsync() => await _connection.DisposeAsync();
}

/// <summary>linq2db's query, read row by row.</summary>
public sealed class Linq2DbReader : ReadTechnique
{
    DataConnection _connection = null!;

    public override string Name => "linq2db";

    protected override async Task OpenAsync(Target target) => _connection = await Linq2Db.OpenAsync((PostgresTarget)target);

    protected override async Task<long> ReadAsync(int rows)
    {
        var sum = 0L;
        await foreach (var row in _connection.GetTable<Linq2DbMetric>().Take(rows).AsAsyncEnumerable())
            sum += row.ToMetric().Digest();
        return sum;
    }

    protected override async Task CloseAsync() => await _connection.DisposeAsync();
}

static class Linq2Db
{
    internal static async Task<DataConnection> OpenAsync(PostgresTarget target)
    {
        var connection = new DataConnection(new DataOptions().UsePostgreSQL(target.ConnectionString));
        await connection.ExecuteAsync("SELECT 1");
        return connection;
    }
}

[Table("metrics")]
public sealed class Linq2DbMetric
{
    [Column("device_id"), PrimaryKey(0)]
    public long DeviceId { get; set; }

    [Column("ts"), PrimaryKey(1)]
    public DateTimeOffset Ts { get; set; }

    [Column("value")]
    public double Value { get; set; }

    [Column("status")]
    public int Status { get; set; }

    [Column("label")]
    public string Label { get; set; } = "";

    [Column("updated_at")]
    public DateTimeOffset? UpdatedAt { get; set; }

    internal static Linq2DbMetric From(Metric row) => new()
    {
        DeviceId = row.DeviceId, Ts = row.Ts, Value = row.Value, Status = row.Status, Label = row.Label, UpdatedAt = row.UpdatedAt,
    };

    internal Metric ToMetric() => new(DeviceId, Ts, Value, Status, Label, UpdatedAt);
}
