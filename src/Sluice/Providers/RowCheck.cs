using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>Tells which rows a plan's writer would refuse before the database is asked, by the writer's own encoders; sends none.</summary>
/// <typeparam name="T">The row type.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public abstract class RowCheck<T> : IAsyncDisposable
{
    /// <summary>Encodes the rows of a chunk.</summary>
    /// <returns>The first row that is refused; null where all are taken.</returns>
    public abstract ValueTask<RowRefusal?> FindAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <summary>The columns of which only the database can tell whether it takes a value.</summary>
    public virtual IReadOnlyList<string> Unread => [];

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A row that is refused.</summary>
/// <param name="Index">Its index in the chunk.</param>
/// <param name="Fault">Why.</param>
[Experimental(ExperimentalFor.Providers)]
public readonly record struct RowRefusal(int Index, LoadFault Fault);
