namespace Sluice.Cli;

/// <summary>The rows that do not fit one column, or that are refused as a whole.</summary>
sealed class Misfits
{
    internal Failure? First { get; private set; }

    internal long Rows { get; private set; }

    internal void Add(Failure refused)
    {
        Rows++;
        if (First is null || refused.RowNumber < First.RowNumber)
            First = refused;
    }
}
