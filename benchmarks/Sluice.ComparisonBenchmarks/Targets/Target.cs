namespace Sluice.ComparisonBenchmarks.Targets;

/// <summary>A database with the table 'metrics', emptied before each run and checked after it.</summary>
public abstract class Target
{
    /// <summary>The name in results: "postgres", "sqlite" or "duckdb".</summary>
    public abstract string Name { get; }

    /// <summary>Makes the table empty and writes everything that is pending to the disk, so that no run pays for the one before.</summary>
    public abstract Task ResetAsync();

    /// <summary>Reads count and checksum of the table.</summary>
    public abstract Task<Checksum> ReadChecksumAsync();

    /// <summary>The database's version and settings, as results name them.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> DescribeAsync();
}
