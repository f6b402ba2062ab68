using BenchmarkDotNet.Attributes;

namespace Sluice.Benchmarks;

/// <summary>What the generated row code costs by itself: a sink that only adds up what it is given, beside the same loop by hand.</summary>
[MemoryDiagnoser]
public class RowWriteBench
{
    const int Rows = 10_000;

    readonly Reading[] _rows = [.. Enumerable.Range(0, Rows).Select(i => new Reading(
        i / 100, DateTimeOffset.UnixEpoch.AddSeconds(i), i / 100.0, i % 8, "sensor-00001", i % 2 == 0 ? null : DateTimeOffset.UnixEpoch))];

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long By_hand()
    {
        var sum = 0L;
        foreach (ref readonly var row in _rows.AsSpan())
        {
            sum += row.DeviceId + row.Ts.Ticks + BitConverter.DoubleToInt64Bits(row.Value) + row.Status + row.Label.Length;
            sum += row.UpdatedAt is { } updatedAt ? updatedAt.Ticks : 1;
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long Generated()
    {
        var sink = new SumSink();
        Reading.Table.Rows.Write(_rows, ref sink);
        return sink.Sum;
    }
}
