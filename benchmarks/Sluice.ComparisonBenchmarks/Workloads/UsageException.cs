namespace Sluice.ComparisonBenchmarks.Workloads;

/// <summary>The bench was called wrongly; the message says what it takes.</summary>
public sealed class UsageException(string message) : Exception(message);
