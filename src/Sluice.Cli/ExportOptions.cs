using Sluice.Cli.Progress;
using Sluice.Files;

namespace Sluice.Cli;

/// <summary>What `sluice export` was asked to do, once it is known to make sense.</summary>
sealed record ExportOptions
{
    public required TargetAddress Database { get; init; }

    public required RowsWanted Rows { get; init; }

    /// <summary>A path, or "-" for the standard output.</summary>
    public required string Output { get; init; }

    public required FileWriteOptions Writing { get; init; }

    public ProgressKind Progress { get; init; }

    /// <summary>Whether the machine result is printed on a terminal too.</summary>
    public bool Json { get; init; }

    internal bool IsPiped => Output is "-";
}
