using System.Data.Common;
using System.Globalization;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>The driver's own reader with typed getters.</summary>
public sealed class ReaderLoop(string name, Func<Target, Task<DbConnection>> open) : ReadTechnique
{
    DbConnection? _connection;

    public override string Name => name;

    protected override async Task OpenAsync(Target target) => _connection = await open(target);

    protected override async Task<long> ReadAsync(int rows)
    {
        await using var command = _connection!.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{Select} LIMIT {rows}");
        await using var reader = await command.ExecuteReaderAsync();
        var sum = 0L;
        while (await reader.ReadAsync())
        {
            var row = new Metric(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetDouble(2),
                reader.GetInt32(3),
                reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5));
            sum += row.Digest();
        }
        return sum;
    }

    protected override async Task CloseAsync() => await _connection!.DisposeAsync();
}
