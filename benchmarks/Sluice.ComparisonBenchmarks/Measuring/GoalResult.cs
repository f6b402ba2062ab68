using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>A goal's line of results.</summary>
public sealed record GoalResult(
    [property: JsonPropertyName("goal")] string Goal,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("target")] double Target,
    [property: JsonPropertyName("met")] bool Met)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonLines.Options);
}
