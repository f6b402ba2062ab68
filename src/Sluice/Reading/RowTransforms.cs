using Sluice.Reading.Pipelines;

namespace Sluice;

/// <summary>Work on rows between where they come from and where they go.</summary>
public static class RowTransforms
{
    const int BatchRows = 128;

    /// <summary>Makes a row of each row, several at a time, and gives them in the order of the source.</summary>
    /// <remarks>
    /// Rows are read, made and given on in batches; nothing is read before the result is enumerated. No more than 2 ×
    /// <paramref name="degree"/> ×
    /// <paramref name="batchRows"/> rows, and one, are on their way at a time, however slow the consumer. A source that makes its reader
    /// wait has the rows before handed on. Where making a row fails, reading stops at once, the rows before it are given, and then the
    /// exception is thrown; the same for an exception of the source. Left early or cancelled, the source is stopped and disposed, and calls
    /// that run are waited for.
    /// </remarks>
    /// <typeparam name="T">The rows of the source.</typeparam>
    /// <typeparam name="TOut">The rows that are made.</typeparam>
    /// <param name="rows">
    /// Any source: a <see cref="RowStream{T}"/>, a file, an iterator. Enumerated once for each enumeration of the result.
    /// </param>
    /// <param name="transform">Called by several threads at a time, once for each row.</param>
    /// <param name="degree">How many at a time; 0 for the number of processors.</param>
    /// <param name="batchRows">The rows of a batch. A small number where making one takes long, as with a call over the network.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Rows that <c>InsertAsync</c>, <c>UpsertAsync</c> and the other verbs take.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degree is negative, or the rows of a batch are none.</exception>
    public static IAsyncEnumerable<TOut> TransformAsync<T, TOut>(
        this IAsyncEnumerable<T> rows, Func<T, TOut> transform, int degree = 0, int batchRows = BatchRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return Of<T, TOut>(rows, (batch, stop) => Make(batch, transform, stop), degree, batchRows, cancellationToken);
    }

    /// <param name="rows">Any source.</param>
    /// <param name="transform">
    /// Called by several threads at a time, once for each row; awaited before the next row of its batch. Its token ends the work of a row
    /// that nobody wants any more.
    /// </param>
    /// <param name="degree">How many at a time; 0 for the number of processors.</param>
    /// <param name="batchRows">The rows of a batch. A small number where making one takes long.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="TransformAsync{T, TOut}(IAsyncEnumerable{T}, Func{T, TOut}, int, int, CancellationToken)"/>
    public static IAsyncEnumerable<TOut> TransformAsync<T, TOut>(
        this IAsyncEnumerable<T> rows, Func<T, CancellationToken, ValueTask<TOut>> transform, int degree = 0, int batchRows = BatchRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return Of<T, TOut>(rows, (batch, stop) => MakeAsync(batch, transform, stop), degree, batchRows, cancellationToken);
    }

    static TransformedRows<T, TOut> Of<T, TOut>(
        IAsyncEnumerable<T> rows, Func<TransformBatch<T, TOut>, CancellationToken, ValueTask> make, int degree, int batchRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        return new(rows, make, degree == 0 ? Environment.ProcessorCount : degree, batchRows, cancellationToken);
    }

    static ValueTask Make<T, TOut>(TransformBatch<T, TOut> batch, Func<T, TOut> transform, CancellationToken stop)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            batch.Make(transform(batch.Given(i)));
        }
        return ValueTask.CompletedTask;
    }

    static async ValueTask MakeAsync<T, TOut>(TransformBatch<T, TOut> batch, Func<T, CancellationToken, ValueTask<TOut>> transform,
        CancellationToken stop)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            batch.Make(await transform(batch.Given(i), stop).ConfigureAwait(false));
        }
    }
}
