using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>A file of results as Markdown: one table a database and state, every technique in it, and the goals with those that were missed.</summary>
public static class ResultTable
{
    public static string Render(IEnumerable<string> lines)
    {
        var medians = new List<Measurement>();
        var goals = new List<GoalResult>();
        var environment = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("goal", out _))
                goals.Add(json.Deserialize<GoalResult>()!);
            else if (json.RootElement.TryGetProperty("runs", out _))
                medians.Add(json.Deserialize<Measurement>()!);
            else if (json.RootElement.TryGetProperty("environment", out var found))
                environment.AddRange(found.Deserialize<Dictionary<string, string>>()!);
        }

        var text = new StringBuilder();
        foreach (var group in medians.GroupBy(m => (m.Workload, m.Database, m.State)))
            AppendMeasurements(text, group.Key, [.. group.OrderByDescending(m => m.RowsPerSecond)]);
        AppendGoals(text, goals);
        text.Append(CultureInfo.InvariantCulture, $"Measured with {string.Join("; ", environment.Select(e => $"{e.Key} {e.Value}"))}.\n");
        return text.ToString();
    }

    static void AppendMeasurements(StringBuilder text, (string Workload, string Database, string State) group, Measurement[] medians)
    {
        text.Append(CultureInfo.InvariantCulture, $"**{group.Workload}, {group.Database}, {group.State}**\n\n");
        text.Append("| technique | rows | rows/s | client CPU, s per million rows | allocated, MB | peak RSS, MB | runs |\n");
        text.Append("|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var m in medians)
        {
            var name = m.Technique.StartsWith("sluice", StringComparison.Ordinal) ? $"**{m.Technique}**" : m.Technique;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {m.Rows:N0} | {m.RowsPerSecond:N0} | {m.ClientCpuSeconds * 1e6 / m.Rows:N2} | ");
            text.Append(CultureInfo.InvariantCulture, $"{m.AllocatedMb:N1} | {m.PeakRssMb:N0} | {m.Runs} |\n");
        }
        text.Append('\n');
    }

    static void AppendGoals(StringBuilder text, List<GoalResult> goals)
    {
        if (goals.Count == 0)
            return;
        text.Append("| goal | found | goal | met |\n|---|---:|---:|---|\n");
        foreach (var goal in goals)
            text.Append(CultureInfo.InvariantCulture, $"| {goal.Goal} | {goal.Ratio:0.00} | {goal.Target:0.00} | {(goal.Met ? "yes" : "**no**")} |\n");
        text.Append('\n');
    }
}
