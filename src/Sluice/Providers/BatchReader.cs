using System.Diagnostics.CodeAnalysis;

namespace Sluice.Providers;

/// <summary>Reads the rows of one query, a batch at a time: the face that a database implements.</summary>
/// <remarks>
/// Disposal before the end stops the database's work without reading the rest, and leaves the connection as it was before.
/// </remarks>
/// <typeparam name="T">The .NET type of a row.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public abstract class BatchReader<T> : IAsyncDisposable
{
    /// <summary>
    /// Whether the next batch can be asked for while the consumer works on the last one: nobody else uses the connection meanwhile.
    /// </summary>
    public abstract bool ReadsAhead { get; }

    /// <summary>Whether other statements can run on the connection between two batches.</summary>
    /// <value>True, unless the rows come as the database sends them.</value>
    public virtual bool SharesConnection => true;

    /// <summary>Reads the next batch.</summary>
    /// <param name="rows">Takes the rows from its beginning; it has room for a batch.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <returns>How many rows there were. Fewer than a batch has are the last ones.</returns>
    /// <exception cref="LoadFault">The database refused the query, or the connection was lost.</exception>
    public abstract ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
