using System.Runtime.ExceptionServices;
using Sluice.Providers;
using Sluice.Reading.Related;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>
/// One enumeration of a stream: its connection, the reader on it, and the batch that is read while the consumer works on the one before.
/// </summary>
/// <param name="database">Where the connection comes from.</param>
/// <param name="query">What is read.</param>
/// <param name="related">What is read along, on the same connection; null for nothing.</param>
/// <param name="shape">What rows become.</param>
/// <param name="options">How the query is streamed.</param>
/// <param name="reuse">Whether a batch's array is used again once the next batch is asked for.</param>
/// <param name="first">The token of the call that made the stream.</param>
/// <param name="second">The token of the enumeration.</param>
/// <param name="exact">The query in the form that loses nothing, where values are read as the database has them.</param>
sealed class StreamRun<T>(
    SessionSource database, SqlStatement query, RelatedRows<T>? related, ResultShape<T> shape, StreamOptions options, bool reuse, CancellationToken first, CancellationToken second,
    RenderedStatement? exact = null) : BatchRun<T>
{
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(first, second);
    readonly BatchBuffers<T> _buffers = new(options.YieldPer, reuse);
    readonly Lock _closing = new();
    BulkSession? _session;
    BatchReader<T>? _reader;
    PauseWatch? _watch;
    Task<ArraySegment<T>>? _ahead;
    Task? _closed;
    bool _ended;

    internal override bool IsCancelled => first.IsCancellationRequested || second.IsCancellationRequested;

    internal override async ValueTask<ArraySegment<T>> NextAsync()
    {
        if (_watch is not null && !_watch.TryReturn())
        {
            await CloseAsync().ConfigureAwait(false);
            throw ReadProblems.ConsumerPaused(options.MaxConsumerPause!.Value);
        }
        if (_ended)
            return default;
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            return await ReadOnAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await CloseAsync().ConfigureAwait(false);
            _ended = true;
            Rethrow(failure);
            throw;
        }
    }

    async ValueTask<ArraySegment<T>> ReadOnAsync()
    {
        if (_reader is null)
            await OpenAsync().ConfigureAwait(false);
        var rows = await (_ahead ?? ReadAsync()).ConfigureAwait(false);
        _ahead = null;
        if (rows.Count < options.YieldPer)
        {
            // The connection goes back before the consumer works on the last rows.
            _ended = true;
            await CloseAsync().ConfigureAwait(false);
            return rows;
        }
        if (_reader!.ReadsAhead)
            _ahead = ReadAsync();
        _watch?.Lend();
        return rows;
    }

    async Task OpenAsync()
    {
        _session = await database.OpenSessionAsync(_stop.Token).ConfigureAwait(false);
        var rendered = exact ?? _session.Dialect.Render(related is null ? query : new SqlSelect(related.Query));
        if (rendered.TakesRows)
            throw ReadProblems.NeedsRows();
        var request = new StreamRequest(rendered, options.YieldPer, options.Mode)
        {
            IsExact = exact is not null,
            IsInterleaved = related is { HasStatements: true },
        };
        _reader = await _session.OpenReaderAsync(request, related?.Shape(shape) ?? shape, _stop.Token).ConfigureAwait(false);
        if (related is { HasStatements: true } && !_reader.SharesConnection)
            throw RelationProblems.RelatedDirect(related.Names);
        if (options.MaxConsumerPause is { } pause && !_session.IsNested)
            _watch = new PauseWatch(pause, () => _ = CloseAsync());
    }

    async Task<ArraySegment<T>> ReadAsync()
    {
        var buffer = _buffers.Next();
        var rows = new ArraySegment<T>(buffer, 0, await _reader!.ReadAsync(buffer, _stop.Token).ConfigureAwait(false));
        // A part of reading ahead: nobody else uses the connection before the batch is complete.
        if (related is not null && rows.Count > 0)
            await related.LoadAsync(new RelatedConnection(_session!, _stop.Token), rows,
                from: null).ConfigureAwait(false);
        return rows;
    }

    void Rethrow(Exception failure)
    {
        if (failure is LoadFault fault)
            throw StatementFault.Explain(fault, reads: true);
        if (failure is OperationCanceledException && IsCancelled)
            throw new OperationCanceledException("The stream was cancelled.", failure, first.IsCancellationRequested ? first : second);
        ExceptionDispatchInfo.Throw(failure);
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _buffers.Return();
    }

    // By the consumer or by the watch, whoever comes first; the other one waits for it.
    Task CloseAsync()
    {
        lock (_closing)
            return _closed ??= CloseOnceAsync();
    }

    async Task CloseOnceAsync()
    {
        // Nothing below runs while the lock is held.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _watch?.Dispose();
        try
        {
            if (!_ended)
                await StopAsync().ConfigureAwait(false);
            if (_reader is not null)
                await _reader.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_session is not null)
                await _session.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_ahead is null)
            return;
        // How a batch that nobody waits for ends is of no interest: it was told to, or failed by itself.
        await ((Task)_ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
