using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>Writes the chunks of one load and tells what became of each row.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TValue">What is returned of each row.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public abstract class ReturningWriter<T, TValue> : IAsyncDisposable
{
    /// <summary>Writes a chunk.</summary>
    /// <returns>An outcome for each of the chunk's rows, in their order; good until the next chunk.</returns>
    /// <exception cref="LoadFault">A row was refused.</exception>
    public abstract ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What a caller wants to know of each row.</summary>
/// <typeparam name="TValue">What the columns become.</typeparam>
/// <param name="Columns">The columns, as the catalog describes them.</param>
/// <param name="Shape">How they become a value.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record ReturningRequest<TValue>(IReadOnlyList<Column> Columns, ResultShape<TValue> Shape);

/// <summary>What became of one row.</summary>
/// <typeparam name="TValue">What is returned of it.</typeparam>
/// <param name="Action">What happened.</param>
/// <param name="Value">What the row of the table holds; the type's default where there is no such row.</param>
[Experimental(ExperimentalFor.Providers)]
public readonly record struct RowOutcome<TValue>(RowAction Action, TValue Value);
