namespace Sluice.Cli;

/// <summary>A database that rows are loaded from.</summary>
sealed record DatabaseInput(TargetAddress Address, RowsWanted Rows)
{
    /// <summary>What reports call it: never the address, which may hold a password.</summary>
    internal string Describe() => $"{Rows.Table ?? "query"} of {Address}";
}
