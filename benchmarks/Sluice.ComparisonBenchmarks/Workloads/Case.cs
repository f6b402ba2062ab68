using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;
using Sluice.ComparisonBenchmarks.Techniques;

namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>One technique on one database with so many rows, run several times.</summary>
public sealed record Case(string Workload, Target Target, Technique Technique, RowSet Rows, string State)
{
    public const string Warm = "warm";
    public const string Cold = "cold";

    /// <summary>What --case takes: a child process finds its case by it.</summary>
    public string Id => $"{Target.Name}/{Technique.Name}/{Rows.Count}";

    /// <summary>Whether each run has a new process, its JIT compilation included.</summary>
    public bool HasOwnProcess => State == Cold && Technique.IsInProcess;

    public override string ToString() => $"{Workload}/{Id} {State}";
}
