using System.Text.Json.Serialization;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>What one run took, by the client alone.</summary>
public sealed record Usage
{
    [JsonPropertyName("elapsed_s")]
    public required double ElapsedSeconds { get; init; }

    /// <summary>User and system time of the client's process.</summary>
    [JsonPropertyName("cpu_s")]
    public required double CpuSeconds { get; init; }

    /// <summary>Bytes allocated on the managed heap; null for a program that has none.</summary>
    [JsonPropertyName("allocated_bytes")]
    public long? AllocatedBytes { get; init; }

    /// <summary>The largest resident set of the client's process during the run, the rows that it holds included.</summary>
    [JsonPropertyName("peak_rss_mb")]
    public required double PeakRssMb { get; init; }
}
