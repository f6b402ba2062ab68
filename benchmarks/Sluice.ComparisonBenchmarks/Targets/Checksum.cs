namespace Sluice.ComparisonBenchmarks.Targets;

/// <summary>What must be in the table after a run.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Sum">The sum over all rows of <see cref="Rows.Metric.Fingerprint"/>, in which a value in another row or column shows.</param>
public readonly record struct Checksum(long Rows, long Sum)
{
    public void Verify(Checksum found, string technique)
    {
        if (found != this)
            throw new InvalidOperationException($"'{technique}' left {found} in the table, but {this} was to be there.");
    }
}
