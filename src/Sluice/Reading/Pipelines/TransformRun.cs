using System.Threading.Channels;

namespace Sluice.Reading.Pipelines;

/// <summary>
/// One enumeration of a transform: a reader that fills batches, workers that make rows of them, and the order in which the consumer gets
/// them.
/// </summary>
/// <remarks>
/// There is a fixed number of batches. The reader waits for a free one, so no more rows than those of all batches are on their way.
/// </remarks>
sealed class TransformRun<T, TOut>
{
    readonly IAsyncEnumerable<T> _rows;
    readonly Func<TransformBatch<T, TOut>, CancellationToken, ValueTask> _make;
    readonly CancellationTokenSource _stop;
    readonly CancellationTokenSource _reading;
    readonly Channel<TransformBatch<T, TOut>> _free;
    readonly Channel<TransformBatch<T, TOut>> _work;
    readonly Channel<TransformBatch<T, TOut>> _order;
    readonly Task _tasks;
    long _taken;
    long _failedAt = long.MaxValue;

    internal TransformRun(
        IAsyncEnumerable<T> rows, Func<TransformBatch<T, TOut>, CancellationToken, ValueTask> make, int degree, int batchRows, CancellationToken first, CancellationToken second)
    {
        _rows = rows;
        _make = make;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(first, second);
        _reading = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var batches = 2 * degree;
        _free = Channel.CreateBounded<TransformBatch<T, TOut>>(batches);
        _work = Channel.CreateBounded<TransformBatch<T, TOut>>(batches);
        _order = Channel.CreateBounded<TransformBatch<T, TOut>>(batches);
        for (var i = 0; i < batches; i++)
            _free.Writer.TryWrite(new TransformBatch<T, TOut>(batchRows));
        _tasks = Task.WhenAll([Task.Run(ReadAsync, CancellationToken.None), .. Enumerable.Range(0, degree).Select(_ => Task.Run(WorkAsync, CancellationToken.None))]);
    }

    /// <summary>The next batch in order, made; null at the end.</summary>
    internal async ValueTask<TransformBatch<T, TOut>?> NextAsync()
    {
        // Not cancelled by the token: the reader and the workers are, and what they had done until then comes first.
        if (!await _order.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false) || !_order.Reader.TryRead(out var batch))
            return null;
        await batch.Done.ConfigureAwait(false);
        return batch;
    }

    internal void Free(TransformBatch<T, TOut> batch)
    {
        batch.Reset();
        _free.Writer.TryWrite(batch);
    }

    async Task ReadAsync()
    {
        Exception? failure = null;
        try
        {
            await FillAsync().ConfigureAwait(false);
        }
        catch (Exception ended)
        {
            failure = ended;
        }
        _work.Writer.Complete();
        _order.Writer.Complete(failure);
    }

    async Task FillAsync()
    {
        var rows = _rows.GetAsyncEnumerator(_reading.Token);
        await using var disposal = rows.ConfigureAwait(false);
        TransformBatch<T, TOut>? batch = null;
        try
        {
            while (true)
            {
                batch ??= await TakeAsync().ConfigureAwait(false);
                var next = rows.MoveNextAsync();
                if (!next.IsCompleted && batch.Count > 0)
                {
                    // A source that makes its reader wait has the rows before it handed on meanwhile.
                    Send(batch);
                    batch = null;
                }
                if (!await next.ConfigureAwait(false))
                    break;
                batch ??= await TakeAsync().ConfigureAwait(false);
                batch.Add(rows.Current);
                if (batch.IsFull)
                {
                    Send(batch);
                    batch = null;
                }
            }
        }
        finally
        {
            // Rows that came before a failure are made all the same.
            if (batch is { Count: > 0 })
                Send(batch);
        }
    }

    async ValueTask<TransformBatch<T, TOut>> TakeAsync()
    {
        var batch = await _free.Reader.ReadAsync(_reading.Token).ConfigureAwait(false);
        batch.Number = _taken++;
        return batch;
    }

    // There is room for all batches.
    void Send(TransformBatch<T, TOut> batch)
    {
        _order.Writer.TryWrite(batch);
        _work.Writer.TryWrite(batch);
    }

    async Task WorkAsync()
    {
        while (await _work.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_work.Reader.TryRead(out var batch))
                await MakeAsync(batch).ConfigureAwait(false);
        }
    }

    async ValueTask MakeAsync(TransformBatch<T, TOut> batch)
    {
        Exception? failure = null;
        try
        {
            // What stands behind a failure is not asked for any more.
            if (batch.Number < Volatile.Read(ref _failedAt))
                await _make(batch, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            Interlocked.Exchange(ref _failedAt, Math.Min(batch.Number, Volatile.Read(ref _failedAt)));
            // What the source does when it is told to stop may fail too; the consumer hears of what came first.
            await ((Task)_reading.CancelAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        batch.End(failure);
    }

    /// <summary>Stops everything and waits for it: nothing of the caller's runs on behind its back.</summary>
    internal async ValueTask StopAsync()
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            await _tasks.ConfigureAwait(false);
            _reading.Dispose();
            _stop.Dispose();
        }
    }
}
