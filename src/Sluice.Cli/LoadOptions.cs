using Sluice.Cli.Progress;
using Sluice.Files;

namespace Sluice.Cli;

/// <summary>What `sluice load` was asked to do, once it is known to make sense.</summary>
sealed record LoadOptions
{
    /// <summary>Paths, and at most one "-" for the standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The database that rows come from; null where they come from files.</summary>
    public DatabaseInput? Input { get; init; }

    public required TargetAddress Target { get; init; }

    /// <summary>Null: each file has the table of its own name.</summary>
    public string? Table { get; init; }

    public IReadOnlyList<string> Key { get; init; } = [];

    public LoadMode Mode { get; init; }

    /// <summary>Columns to update on existing rows; none for all.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>A condition in SQL on the rows that are changed; of a sync, its scope.</summary>
    public string? Where { get; init; }

    /// <summary>Whether a sync of an empty file may remove everything within its scope.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Whether a table that is missing is created.</summary>
    public bool Create { get; init; }

    public FileReadOptions Reading { get; init; } = new();

    public BulkOptions Writing { get; init; } = BulkOptions.Default;

    public ProgressKind Progress { get; init; }

    public DryRunKind DryRun { get; init; }

    /// <summary>Whether the machine result is printed on a terminal too.</summary>
    public bool Json { get; init; }
}
