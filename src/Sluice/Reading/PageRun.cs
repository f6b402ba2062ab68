using System.Collections;
using Sluice.Loads;
using Sluice.Reading.Related;
using Sluice.Rows;
using Sluice.Writing;

namespace Sluice.Reading;

/// <summary>One enumeration by pages, each a query of its own: between two of them nothing is held.</summary>
sealed class PageRun<T>(Database database, KeyPaging paging, RelatedRows<T>? related, Func<ResultShape<T>> shape, int pageSize, CancellationToken first, CancellationToken second) : BatchRun<T>
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
            if (!_ended)
                _last = Following(keyed);
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
        await using var disposal = (await database.OpenSessionAsync(_stop.Token).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        var page = database.Render(paging.Page(_last, pageSize + 1));
        var rows = await session.QueryAsync(page, keyed, _stop.Token).ConfigureAwait(false);
        T[] kept = [.. rows.Take(pageSize)];
        if (related is not null)
            await related.LoadAsync(new RelatedConnection(session, database.Dialect, _stop.Token), kept, from: null).ConfigureAwait(false);
        return kept;
    }

    static object[] Following(KeyedShape<T> page)
    {
        if (Array.Exists(page.Last!, value => value is null))
            throw Throw.KeyIsNull();
        if (StructuralComparisons.StructuralEqualityComparer.Equals(page.Last, page.Next))
            throw Throw.KeyNotUnique();
        return page.Last!;
    }

    public override ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }
}
