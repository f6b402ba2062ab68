using System.Collections;
using Sluice.Loading;
using Sluice.Providers;
using Sluice.Reading.Related;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>One enumeration by pages, each a query of its own: between two of them nothing is held.</summary>
sealed class PageRun<T>(SessionSource database, KeyPaging paging, RelatedRows<T>? related, Func<ResultShape<T>> shape, int pageSize,
    CancellationToken first, CancellationToken second) : BatchRun<T>
{
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(first, second);
    object[]? _last;
    bool _ended;

    internal override bool IsCancelled => first.IsCancellationRequested || second.IsCancellationRequested;

    internal override async ValueTask<ArraySegment<T>> NextAsync()
    {
        if (_ended)
            return default;
        try
        {
            var keyed = new KeyedShape<T>(related?.Shape(shape()) ?? shape(), paging.Columns, pageSize);
            var page = await ReadAsync(keyed).ConfigureAwait(false);
            _ended = keyed.Next is null;
            _last = keyed.Last!;
            return new ArraySegment<T>(page);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
        catch (OperationCanceledException failure) when (IsCancelled)
        {
            throw new OperationCanceledException("The stream was cancelled.", failure, first.IsCancellationRequested ? first : second);
        }
    }

    async Task<T[]> ReadAsync(KeyedShape<T> keyed)
    {
        await using var disposal = (await database.OpenSessionAsync(_stop.Token).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        if (_last is null && paging.Disorder(session.Dialect.Features) is { } disorder
            && (await session.QueryAsync(session.Dialect.Render(disorder), ResultShape.For<long?>(), _stop.Token).ConfigureAwait(false))[0] > 0)
            throw ReadProblems.KeyOutOfOrder();
        var page = session.Dialect.Render(paging.Page(_last, pageSize + 1));
        var rows = await session.QueryAsync(page, keyed, _stop.Token).ConfigureAwait(false);
        if (await LosesRowsAsync(session, keyed).ConfigureAwait(false) is { } lost)
            throw lost;
        T[] kept = [.. rows.Take(pageSize)];
        if (related is not null)
            await related.LoadAsync(new RelatedConnection(session, _stop.Token), kept, from: null).ConfigureAwait(false);
        return kept;
    }

    // What a page's condition leaves out though it was on no page before.
    async ValueTask<BulkException?> LosesRowsAsync(BulkSession session, KeyedShape<T> page)
    {
        if (page.Next is null)
            return _last is not null && await FindsAsync(session, paging.Keyless).ConfigureAwait(false) ? ReadProblems.KeyIsNull() : null;
        if (page.Last!.Concat(page.Next).Contains(null))
            return ReadProblems.KeyIsNull();
        var isSame = StructuralComparisons.StructuralEqualityComparer.Equals(page.Last, page.Next)
            || await FindsAsync(session, paging.Same(page.Last!, page.Next!)).ConfigureAwait(false);
        return isSame ? ReadProblems.KeyNotUnique() : null;
    }

    async ValueTask<bool> FindsAsync(BulkSession session, SqlSelect? query) =>
        query is not null && (await session.QueryAsync(session.Dialect.Render(query), ResultShape.For<long>(), _stop.Token).ConfigureAwait(false)).Count > 0;

    public override ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }
}
