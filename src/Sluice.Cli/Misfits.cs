namespace Sluice.Cli;

/// <summary>The rows that do not fit one column.</summary>
sealed class Misfits(long firstRow, string? firstLocation, string problem)
{
    internal long FirstRow { get; } = firstRow;

    internal string? FirstLocation { get; } = firstLocation;

    internal string Problem { get; } = problem;

    internal long Rows { get; set; }
}
