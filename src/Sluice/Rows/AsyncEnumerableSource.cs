
namespace Sluice.Rows;

sealed class AsyncEnumerableSource<T>(IAsyncEnumerable<T> rows, Table<T> table) : TypedSource<T>(table)
{
    IAsyncEnumerator<T>? _enumerator;

    public override string Name => $"asynchronous sequence of {RowKind.NameOf(typeof(T))}";

    public override async ValueTask<int> ReadAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        _enumerator ??= rows.GetAsyncEnumerator(cancellationToken);
        var count = 0;
        try
        {
            while (count < block.Length && await _enumerator.MoveNextAsync().ConfigureAwait(false))
                block.Span[count++] = _enumerator.Current;
            return count;
        }
        finally
        {
            AtHand = count;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_enumerator is not null)
            await _enumerator.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
