namespace Sluice.Cli;

/// <summary>What became of one file: the machine result on stdout, and what the summary is drawn from.</summary>
sealed record LoadReport
{
    /// <summary>"loaded", "failed", "interrupted", "planned" or "rolledBack".</summary>
    public required string Status { get; init; }

    public required string File { get; init; }

    public string? Table { get; init; }

    public string? Target { get; init; }

    public long Read { get; init; }

    public long Inserted { get; init; }

    public long Updated { get; init; }

    public long Deleted { get; init; }

    public long Unchanged { get; init; }

    /// <summary>Rows of the table that a sync removed.</summary>
    public long Removed { get; init; }

    public long Skipped { get; init; }

    public long Rejected { get; init; }

    public long Remaining { get; init; }

    /// <summary>Rows of which nobody knows whether they were kept, because the connection was lost during their COMMIT.</summary>
    public long InDoubt { get; init; }

    public long Loaded { get; init; }

    public int Chunks { get; init; }

    public int Commits { get; init; }

    public long Bytes { get; init; }

    public double ElapsedSeconds { get; init; }

    public double RowsPerSecond { get; init; }

    public LoadError? Error { get; init; }

    /// <summary>What should be known of a load, as what was assumed of its file; null where there is nothing.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>What a dry run decided.</summary>
    public string? Plan { get; init; }

    internal static LoadReport Of(BulkResult result, string file, string target) => new()
    {
        Status = "loaded",
        File = file,
        Table = result.Plan.Table.QualifiedName,
        Target = target,
        Read = result.Read,
        Inserted = result.Inserted,
        Updated = result.Updated,
        Deleted = result.Deleted,
        Unchanged = result.Unchanged,
        Removed = result.Removed,
        Skipped = result.Skipped,
        Rejected = result.Rejected,
        Remaining = result.Remaining,
        Loaded = result.Loaded,
        Chunks = result.Chunks,
        Commits = result.Commits,
        Bytes = result.Bytes,
        ElapsedSeconds = Math.Round(result.Elapsed.TotalSeconds, 6),
        RowsPerSecond = Math.Round(result.Read / Math.Max(result.Elapsed.TotalSeconds, 1e-6)),
    };
}
