using Sluice.Loading;

namespace Sluice;

/// <summary>The rows of a load, each with what became of it and what the database holds for it, in the order of the source.</summary>
/// <remarks>
/// Nothing is sent before they are enumerated, which can be done once. Unless <see cref="CommitPolicy.PerChunk"/> is asked for, the load
/// is committed when the enumeration has come to its end; left earlier, it is rolled back.
/// </remarks>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TValue">What is returned of each row.</typeparam>
public sealed class ReturnedRows<T, TValue> : IAsyncEnumerable<(T Row, TValue Value, RowAction Action)>
{
    readonly ReturningLoad<T, TValue> _load;
    readonly CancellationToken _cancellationToken;

    internal ReturnedRows(ReturningLoad<T, TValue> load, CancellationToken cancellationToken)
    {
        _load = load;
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<(T Row, TValue Value, RowAction Action)> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled && _cancellationToken.CanBeCanceled
            ? EnumerateAsync(cancellationToken)
            : _load.RunAsync(cancellationToken.CanBeCanceled ? cancellationToken : _cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    async IAsyncEnumerator<(T Row, TValue Value, RowAction Action)> EnumerateAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        await foreach (var outcome in _load.RunAsync(either.Token).ConfigureAwait(false))
            yield return outcome;
    }

    /// <summary>What the load has come to.</summary>
    /// <exception cref="InvalidOperationException">The rows have not been enumerated to their end.</exception>
    public BulkResult Result =>
        _load.Result ?? throw new InvalidOperationException("The load has not ended: enumerate the rows to their end first.");

    /// <summary>Runs the load and writes what the database holds back to the rows.</summary>
    /// <param name="write">
    /// Given a row and its values, as <c>(order, id) => order.Id = id</c>. Not called for rows that have no counterpart in the table.
    /// </param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>Counts as the database reported them.</returns>
    /// <exception cref="BulkException">As for the verb. Rows may have been written back to although nothing was kept.</exception>
    public async Task<BulkResult> WriteBackAsync(Action<T, TValue> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        await foreach (var (row, value, action) in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (action is not RowAction.Skipped)
                write(row, value);
        }
        return Result;
    }
}
