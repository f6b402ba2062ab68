using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>Writes the chunks of one load to a database: the face that a database implements.</summary>
/// <remarks>
/// A chunk is encoded synchronously into the writer's own buffer or statement; only sending is awaited. Disposal without
/// <see cref="CompleteAsync"/> aborts what the writer has open; the transaction around it is the session's.
/// </remarks>
/// <typeparam name="T">The row type.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public abstract class ChunkWriter<T> : IAsyncDisposable
{
    /// <summary>Bytes sent so far, as encoded.</summary>
    public abstract long Bytes { get; }

    /// <summary>Writes a chunk.</summary>
    /// <exception cref="BulkRowException">A row of the chunk, or of an earlier one, was refused.</exception>
    public abstract ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <summary>
    /// Ends what is open on the connection, so that others can use it before the next chunk. Asked for within a transaction of the
    /// caller's.
    /// </summary>
    /// <remarks>The rows of the last chunk may be gone: a row that was refused is known by its number.</remarks>
    /// <exception cref="LoadFault">A row was refused.</exception>
    public virtual ValueTask PauseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Ends the statement that is open and waits for the database's count.</summary>
    /// <returns>What became of the rows since the last completion.</returns>
    /// <exception cref="BulkRowException">A row was refused.</exception>
    public abstract ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Says where a row stands in its source, as "airports.csv line 42", or null where only its number is known.</summary>
[Experimental(ExperimentalFor.Providers)]
public delegate string? RowLocator<T>(in T row);
