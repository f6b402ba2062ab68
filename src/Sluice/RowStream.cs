using System.Runtime.CompilerServices;
using Sluice.Loading;
using Sluice.Reading;
using Sluice.Rows;

namespace Sluice;

/// <summary>The rows of a query, read while they are consumed. Each enumeration runs the query anew.</summary>
/// <remarks>
/// While the consumer works on a batch the next one is read, and no more than that one. Leaving the loop early, an exception in it and the
/// token stop the database's work at once and give the connection back.
/// </remarks>
/// <typeparam name="T">The .NET type of a row.</typeparam>
public sealed class RowStream<T> : IAsyncEnumerable<T>
{
    readonly Database _database;
    readonly SqlStatement _query;
    readonly Func<ResultShape<T>> _shape;
    readonly StreamOptions _options;
    readonly CancellationToken _cancellation;

    internal RowStream(Database database, SqlStatement query, Func<ResultShape<T>> shape, StreamOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Node is not Statements.QueryNode)
            throw Throw.StreamWrites();
        _database = database;
        _query = query;
        _shape = shape;
        _options = options ?? StreamOptions.Default;
        _cancellation = cancellationToken;
    }

    /// <inheritdoc/>
    /// <exception cref="BulkPlanException">The query is not sound. Nothing was sent.</exception>
    /// <exception cref="BulkException">The database refused the query, the connection was lost, or the consumer held a batch for too long.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new RowEnumerator<T>(Run(reuse: true, cancellationToken));

    /// <summary>The rows in lists of <see cref="StreamOptions.YieldPer"/>, the last one shorter; each list is the caller's to keep.</summary>
    public IAsyncEnumerable<IReadOnlyList<T>> Batches() => BatchesAsync(CancellationToken.None);

    async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var disposal = Run(reuse: false, cancellationToken).ConfigureAwait(false, out var run);
        while (await run.NextAsync().ConfigureAwait(false) is { Count: > 0 } rows)
            yield return rows.Count == rows.Array!.Length ? rows.Array : [.. rows];
    }

    StreamRun<T> Run(bool reuse, CancellationToken cancellationToken) => new(_database, _query, _shape(), _options, reuse, _cancellation, cancellationToken);
}
