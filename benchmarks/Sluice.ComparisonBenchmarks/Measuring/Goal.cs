namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>What a workload asks of Sluice, computed from medians of one interleaved run.</summary>
/// <param name="Name">What is compared, as "insert/postgres/warm vs limit".</param>
/// <param name="Target">The ratio that meets the goal.</param>
/// <param name="Ratio">The ratio found, or null where a technique that it needs did not run.</param>
public sealed record Goal(string Name, double Target, Func<Medians, double?> Ratio)
{
    /// <summary>Whether a smaller ratio is better.</summary>
    public bool IsCeiling { get; init; }

    public GoalResult? Evaluate(Medians medians) => Ratio(medians) is { } ratio
        ? new GoalResult(Name, Math.Round(ratio, 3), Target, IsCeiling ? ratio <= Target : ratio >= Target)
        : null;
}
