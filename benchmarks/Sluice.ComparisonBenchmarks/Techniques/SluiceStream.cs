using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.PostgreSql;
using Sluice.Sqlite;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>Engine.StreamAsync, or pages by key.</summary>
public sealed class SluiceStream(string name, StreamOptions options) : ReadTechnique
{
    Engine? _engine;

    public override string Name => name;

    public bool ByKey { get; init; }

    protected override async Task OpenAsync(Target target)
    {
        _engine = target is PostgresTarget postgres ? PostgresEngine.Create(postgres.ConnectionString) : SqliteEngine.Create(((SqliteTarget)target).File);
        await using var session = await _engine.OpenSessionAsync();
    }

    protected override async Task<long> ReadAsync(int rows)
    {
        var m = Metric.Table;
        var all = Sql.Select(m).From(m);
        var sum = 0L;
        if (ByKey)
        {
            var left = rows;
            await foreach (var row in _engine!.StreamByKeyAsync<Metric>(all, [m.DeviceId, m.Ts], options.YieldPer))
            {
                sum += row.Digest();
                if (--left == 0)
                    break;
            }
            return sum;
        }
        await foreach (var row in _engine!.StreamAsync<Metric>(all.Limit(rows), options))
            sum += row.Digest();
        return sum;
    }

    protected override async Task CloseAsync() => await _engine!.DisposeAsync();
}
