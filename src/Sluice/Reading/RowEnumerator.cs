namespace Sluice.Reading;

/// <summary>Gives the rows of one batch after the other.</summary>
sealed class RowEnumerator<T>(BatchRun<T> run) : IAsyncEnumerator<T>
{
    T[] _rows = [];
    int _count;
    int _index = -1;

    public T Current => _rows[_index];

    public ValueTask<bool> MoveNextAsync() => ++_index < _count && !run.IsCancelled ? new ValueTask<bool>(true) : NextBatchAsync();

    async ValueTask<bool> NextBatchAsync()
    {
        _count = 0;
        var rows = await run.NextAsync().ConfigureAwait(false);
        _rows = rows.Array ?? [];
        _count = rows.Count;
        _index = 0;
        return _count > 0;
    }

    public ValueTask DisposeAsync()
    {
        _rows = [];
        _count = 0;
        return run.DisposeAsync();
    }
}
