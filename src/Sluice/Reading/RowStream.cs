using System.Runtime.CompilerServices;
using Sluice.Loading;
using Sluice.Providers;
using Sluice.Reading;
using Sluice.Reading.Related;
using Sluice.Rows;

namespace Sluice;

/// <summary>The rows of a query, read while they are consumed. Each enumeration runs the query anew.</summary>
/// <remarks>
/// While the consumer works on a batch the next one is read, and no more than that one; pages by key are read when they are asked for.
/// Leaving the loop early, an exception in it and the
/// token stop the database's work at once and give the connection back.
/// </remarks>
/// <typeparam name="T">The .NET type of a row.</typeparam>
public sealed class RowStream<T> : IAsyncEnumerable<T>
{
    readonly Func<bool, CancellationToken, BatchRun<T>> _begin;

    RowStream(Func<bool, CancellationToken, BatchRun<T>> begin) => _begin = begin;

    internal static RowStream<T> Of(SessionSource database, SqlStatement query, Func<ResultShape<T>> shape, StreamOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Node is not Statements.QueryNode)
            throw ReadProblems.StreamWrites();
        _ = RelatedRows.Of<T>(query, RelatedPlace.Stream);
        return new((reuse, second) => new StreamRun<T>(
            database, query, RelatedRows.Of<T>(query, RelatedPlace.Stream), shape(), options
                ?? StreamOptions.Default, reuse, cancellationToken, second));
    }

    internal static RowStream<T> ByKey(
        SessionSource database, SqlSelect query, IReadOnlyList<SqlOrder> keys, Func<ResultShape<T>> shape, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        ArgumentNullException.ThrowIfNull(query);
        var related = RelatedRows.Of<T>(query, RelatedPlace.Stream);
        var paging = KeyPaging.Of(related?.Pageable ?? query, keys);
        return new((_, second) => new PageRun<T>(database, paging, RelatedRows.Of<T>(query, RelatedPlace.Stream), shape, pageSize, cancellationToken, second));
    }

    /// <inheritdoc/>
    /// <exception cref="BulkPlanException">The query is not sound; thrown before anything is sent.</exception>
    /// <exception cref="BulkException">
    /// The database refused the query, the connection was lost, or the consumer held a batch for too long.
    /// </exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new RowEnumerator<T>(_begin(true, cancellationToken));

    /// <summary>
    /// The rows in lists of <see cref="StreamOptions.YieldPer"/>, or of a page; the last one may be shorter. Each list is the caller's to
    /// keep.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<T>> Batches() => BatchesAsync(CancellationToken.None);

    async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var disposal = _begin(false, cancellationToken).ConfigureAwait(false, out var run);
        while (await run.NextAsync().ConfigureAwait(false) is { Count: > 0 } rows)
            yield return rows.Count == rows.Array!.Length ? rows.Array : [.. rows];
    }
}
