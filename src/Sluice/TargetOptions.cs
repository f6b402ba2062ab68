namespace Sluice;

/// <summary>How rows come to the table that they are meant for.</summary>
public sealed record TargetOptions
{
    internal static TargetOptions Default { get; } = new();

    /// <summary>
    /// Whether a table that is missing is created from the description that the call gives, in the load's own transaction, so that
    /// a load that keeps no row leaves no table either.
    /// </summary>
    /// <value>False: a missing table is an error.</value>
    public bool CreateTable { get; init; }

    /// <summary>How rows reach a statement. A way that the database does not have, or that the rows cannot go, is an error.</summary>
    /// <value><see cref="RowPath.Automatic"/>.</value>
    public RowPath Path { get; init => field = BulkOptions.Known(value); }
}
