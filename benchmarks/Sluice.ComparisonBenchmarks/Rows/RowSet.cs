using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Rows;

/// <summary>The rows of one run: an array made before the clock starts, or a stream that is never held.</summary>
public sealed class RowSet(int count, bool isShuffled = false)
{
    readonly Lazy<Metric[]> _array = new(() => Make(count, isShuffled));
    readonly Lazy<Checksum> _checksum = new(() => Sum(count));

    public int Count => count;

    public bool IsShuffled => isShuffled;

    public Metric[] Array => _array.Value;

    public Checksum Checksum => _checksum.Value;

    public IEnumerable<Metric> Stream()
    {
        for (var i = 0; i < count; i++)
            yield return Metric.At(i);
    }

    static Metric[] Make(int count, bool isShuffled)
    {
        var rows = new Metric[count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Metric.At(i);
        if (isShuffled)
            new Random(42).Shuffle(rows);
        return rows;
    }

    static Checksum Sum(int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
            sum += Metric.At(i).Fingerprint();
        return new Checksum(count, sum);
    }
}
