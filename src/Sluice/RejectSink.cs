using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>Takes the rows that a load refuses.</summary>
[Experimental(ExperimentalFor.Later)]
public abstract class RejectSink
{
    /// <summary>Takes a row that was refused, before the chunk that it was a part of is committed.</summary>
    /// <param name="number">The row's place in the source, from 1.</param>
    /// <param name="row">The row as the source gave it.</param>
    /// <param name="reason">Why it was refused, as a message with its code.</param>
    /// <param name="cancellationToken">The load's.</param>
    public abstract ValueTask WriteAsync(long number, object row, string reason, CancellationToken cancellationToken = default);
}
