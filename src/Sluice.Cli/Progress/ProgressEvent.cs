namespace Sluice.Cli.Progress;

/// <summary>A line of --progress json.</summary>
sealed record ProgressEvent
{
    public required string Event { get; init; }

    public string? File { get; init; }

    public string? Table { get; init; }

    public string? Target { get; init; }

    public long? Read { get; init; }

    public long? Sent { get; init; }

    public long? Committed { get; init; }

    public int? Chunks { get; init; }

    public long? Bytes { get; init; }

    public long? SourceBytes { get; init; }

    public long? SourceTotal { get; init; }

    public double? ElapsedSeconds { get; init; }

    public double? RowsPerSecond { get; init; }

    public LoadReport? Report { get; init; }

    public ExportReport? Export { get; init; }
}
