using Sluice.Rows;

namespace Sluice.Writing;

/// <summary>Inserts the chunks of one load and tells a value that the database gave each row.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public abstract class ReturningWriter<T, TValue> : IAsyncDisposable
{
    /// <summary>Inserts a chunk.</summary>
    /// <returns>A value for each of the chunk's rows, in their order.</returns>
    /// <exception cref="LoadFault">A row was refused.</exception>
    public abstract ValueTask<IReadOnlyList<TValue>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
