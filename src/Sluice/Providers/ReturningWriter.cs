using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>Writes the chunks of one load and tells what became of each row.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TValue">What is returned of each row.</typeparam>
public abstract class ReturningWriter<T, TValue> : IAsyncDisposable
{
    /// <summary>Writes a chunk.</summary>
    /// <returns>An outcome for each of the chunk's rows, in their order; good until the next chunk.</returns>
    /// <exception cref="LoadFault">A row was refused.</exception>
    public abstract ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
