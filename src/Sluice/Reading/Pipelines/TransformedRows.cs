namespace Sluice.Reading.Pipelines;

/// <summary>Rows made of others, in their order. Each enumeration begins anew.</summary>
sealed class TransformedRows<T, TOut>(
    IAsyncEnumerable<T> rows, Func<TransformBatch<T, TOut>, CancellationToken, ValueTask> make, int degree, int batchRows, CancellationToken cancellationToken)
    : IAsyncEnumerable<TOut>
{
    public IAsyncEnumerator<TOut> GetAsyncEnumerator(CancellationToken token = default) => new Enumerator(this, token);

    sealed class Enumerator(TransformedRows<T, TOut> of, CancellationToken token) : IAsyncEnumerator<TOut>
    {
        TransformRun<T, TOut>? _run;
        TransformBatch<T, TOut>? _batch;
        int _index = -1;
        bool _ended;

        public TOut Current => _batch!.Made(_index);

        public ValueTask<bool> MoveNextAsync() =>
            _batch is not null && ++_index < _batch.Ready && !IsCancelled ? new ValueTask<bool>(true) : NextAsync();

        bool IsCancelled => of.Token.IsCancellationRequested || token.IsCancellationRequested;

        async ValueTask<bool> NextAsync()
        {
            while (!_ended)
            {
                ThrowIfCancelled(null);
                _run ??= of.Begin(token);
                await AdvanceAsync().ConfigureAwait(false);
                if (_batch is { Ready: > 0 })
                    return true;
            }
            return false;
        }

        async ValueTask AdvanceAsync()
        {
            try
            {
                if (_batch is { } last)
                {
                    _batch = null;
                    last.Failure?.Throw();
                    _run!.Free(last);
                }
                _batch = await _run!.NextAsync().ConfigureAwait(false);
                _index = 0;
                _ended = _batch is null;
            }
            catch (Exception failure)
            {
                await DisposeAsync().ConfigureAwait(false);
                ThrowIfCancelled(failure);
                throw;
            }
        }

        void ThrowIfCancelled(Exception? failure)
        {
            if (IsCancelled && failure is null or OperationCanceledException)
                throw new OperationCanceledException("The rows were cancelled.", failure,
                    of.Token.IsCancellationRequested ? of.Token : token);
        }

        public ValueTask DisposeAsync()
        {
            _ended = true;
            _batch = null;
            var run = _run;
            _run = null;
            return run?.StopAsync() ?? ValueTask.CompletedTask;
        }
    }

    CancellationToken Token => cancellationToken;

    TransformRun<T, TOut> Begin(CancellationToken token) => new(rows, make, degree, batchRows, cancellationToken, token);
}
