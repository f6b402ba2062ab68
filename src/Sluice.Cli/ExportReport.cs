namespace Sluice.Cli;

/// <summary>What became of an export: the machine result on stdout, and what the summary is drawn from.</summary>
sealed record ExportReport
{
    /// <summary>"exported", "failed" or "interrupted".</summary>
    public required string Status { get; init; }

    /// <summary>The file, or "-" for the standard output.</summary>
    public required string File { get; init; }

    /// <summary>The table's name, or "query".</summary>
    public string? Source { get; init; }

    public string? Database { get; init; }

    public long Rows { get; init; }

    /// <summary>Bytes before compression.</summary>
    public long Bytes { get; init; }

    public double ElapsedSeconds { get; init; }

    public double RowsPerSecond { get; init; }

    public LoadError? Error { get; init; }
}
