namespace Sluice;

/// <summary>Takes the rows that a load refuses.</summary>
public abstract class RejectSink
{
    /// <summary>Takes a row that was refused, before the chunk that it was a part of is committed.</summary>
    /// <param name="refused">Why, with the row's number, its place in the source and the column, where they are known.</param>
    /// <param name="row">The row as the source gave it.</param>
    /// <param name="cancellationToken">The load's.</param>
    public abstract ValueTask WriteAsync(Failure refused, object row, CancellationToken cancellationToken = default);
}
