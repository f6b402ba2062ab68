using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.ComparisonBenchmarks.Workloads;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>One line of results: a run, or the medians of a case's runs.</summary>
public sealed record Measurement
{
    [JsonPropertyName("workload")]
    public required string Workload { get; init; }

    [JsonPropertyName("database")]
    public required string Database { get; init; }

    [JsonPropertyName("technique")]
    public required string Technique { get; init; }

    [JsonPropertyName("rows")]
    public required int Rows { get; init; }

    /// <summary>"warm" or "cold".</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("rows_per_s")]
    public required double RowsPerSecond { get; init; }

    [JsonPropertyName("client_cpu_s")]
    public required double ClientCpuSeconds { get; init; }

    [JsonPropertyName("allocated_mb")]
    public double? AllocatedMb { get; init; }

    [JsonPropertyName("peak_rss_mb")]
    public required double PeakRssMb { get; init; }

    /// <summary>The number of the run, from 1; null for medians.</summary>
    [JsonPropertyName("run"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Run { get; init; }

    /// <summary>How many runs the medians are of; null for a run.</summary>
    [JsonPropertyName("runs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Runs { get; init; }

    public static Measurement Of(Case @case, Usage usage, int run) => new()
    {
        Workload = @case.Workload,
        Database = @case.Target.Name,
        Technique = @case.Technique.Name,
        Rows = @case.Rows.Count,
        State = @case.State,
        RowsPerSecond = Math.Round(@case.Rows.Count / usage.ElapsedSeconds),
        ClientCpuSeconds = Math.Round(usage.CpuSeconds, 4),
        AllocatedMb = usage.AllocatedBytes is { } bytes ? Math.Round(bytes / 1048576.0, 4) : null,
        PeakRssMb = Math.Round(usage.PeakRssMb, 1),
        Run = run,
    };

    public static Measurement MedianOf(IReadOnlyList<Measurement> runs) => runs[0] with
    {
        RowsPerSecond = Median(runs, r => r.RowsPerSecond, digits: 0),
        ClientCpuSeconds = Median(runs, r => r.ClientCpuSeconds, digits: 4),
        AllocatedMb = runs[0].AllocatedMb is null ? null : Median(runs, r => r.AllocatedMb!.Value, digits: 4),
        PeakRssMb = Median(runs, r => r.PeakRssMb, digits: 1),
        Run = null,
        Runs = runs.Count,
    };

    public string ToJson() => JsonSerializer.Serialize(this, JsonLines.Options);

    static double Median(IReadOnlyList<Measurement> runs, Func<Measurement, double> value, int digits)
    {
        var sorted = runs.Select(value).Order().ToArray();
        var middle = sorted.Length / 2;
        return Math.Round(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, digits);
    }
}
