using BenchmarkDotNet.Attributes;
using Sluice.PostgreSql.Rendering;
using static Sluice.Sql;

namespace Sluice.Benchmarks;

/// <summary>What a statement's text costs that was rendered before: the very same statement, and another of its structure with values of its own.</summary>
[MemoryDiagnoser]
public class RenderBench
{
    static readonly Reading.ReadingTable s_r = Reading.Table;

    readonly PostgresDialect _dialect = new(18);
    readonly SqlStatement _upsert = Upsert(1.5);
    readonly SqlStatement _other = Upsert(2.5);
    readonly PostgresDialect _uncached = new(18, cachedStatements: 0);
    SqlStatement _last = Upsert(3.5);

    static SqlStatement Upsert(double value) => InsertInto(s_r)
        .Values(1L, DateTimeOffset.UnixEpoch, value, 2, "label", Now())
        .OnConflict(s_r.DeviceId, s_r.Ts)
        .DoUpdate(set => set.Set(s_r.Value, Excluded(s_r.Value)).Set(s_r.UpdatedAt, Now()))
        .Where(Excluded(s_r.Value) > s_r.Value);

    [GlobalSetup]
    public void Fill()
    {
        _dialect.Render(_upsert);
        _dialect.Render(_other);
    }

    [Benchmark(Baseline = true)]
    public RenderedStatement Cached() => _dialect.Render(_upsert);

    [Benchmark]
    public SqlStatement Built() => _last = Upsert(3.5);

    [Benchmark]
    public RenderedStatement Built_and_found_by_structure() => _dialect.Render(_last = Upsert(3.5));

    [Benchmark]
    public RenderedStatement Built_and_rendered() => _uncached.Render(_last = Upsert(3.5));
}
