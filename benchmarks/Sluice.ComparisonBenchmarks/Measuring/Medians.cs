namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>The medians of a run of the bench, for goals to look up.</summary>
public sealed class Medians(IReadOnlyList<Measurement> all)
{
    public IReadOnlyList<Measurement> All => all;

    public Measurement? Find(string database, string technique, int rows) =>
        all.FirstOrDefault(m => m.Database == database && m.Technique == technique && m.Rows == rows);

    /// <summary>How many times as many rows a second the first technique moves as the second.</summary>
    public double? Speed(string database, string technique, string rival, int rows) =>
        Find(database, technique, rows)?.RowsPerSecond / Find(database, rival, rows)?.RowsPerSecond;

    /// <summary>The first technique's client CPU as a part of the second's.</summary>
    public double? Cpu(string database, string technique, string rival, int rows) =>
        Find(database, technique, rows)?.ClientCpuSeconds / Find(database, rival, rows)?.ClientCpuSeconds;

    public double? AllocatedBytesPerRow(string database, string technique, int rows) =>
        Find(database, technique, rows)?.AllocatedMb * 1048576 / rows;
}
