using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// Writes chunks as one binary COPY after another, each of many chunks, encoding synchronously and awaiting full buffers only.
/// </summary>
sealed class CopyWriter<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, RowNumbers? numbers)
    : PostgresWriter<T>(session, plan, shape, locate)
{
    // A buffer this full is sent. Twice that left the server waiting now and then, and a quarter of it was no faster.
    const int SendAt = 64 * 1024;

    // Rows are encoded in blocks this small, and smaller ones where rows are long, so that the buffer is looked at often enough to stay
    // near its size.
    const int MostBlockRows = 256;

    readonly CopyEncoder _encoder = new(Slot.For(plan, shape.Fields.Count)) { Numbers = numbers };
    NpgsqlRawCopyStream? _copy;
    int _blockRows = MostBlockRows;
    long _bytesOfCopy;
    long _bytes;

    public override long Bytes => _bytes;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        _copy ??= await StartAsync(cancellationToken).ConfigureAwait(false);
        Add(chunk);
        for (int first = 0, count; first < chunk.Count; first += count)
        {
            count = Math.Min(_blockRows, chunk.Count - first);
            Encode(chunk, first, count);
            if (_encoder.Length >= SendAt)
                await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        if (_bytesOfCopy >= RestartAt)
            await EndCopyAsync(cancellationToken).ConfigureAwait(false);
    }

    void Encode(RowChunk<T> chunk, int first, int count)
    {
        var before = _encoder.Length;
        _encoder.StartBlock();
        try
        {
            Shape.Write(chunk.Rows.Slice(first, count), ref _encoder.Sink);
        }
        catch (ValueException refused)
        {
            throw Refuse(refused, chunk, first + _encoder.Ended, _encoder.Field);
        }
        _blockRows = (int)Math.Clamp((long)SendAt * count / Math.Max(_encoder.Length - before, 1), 1, MostBlockRows);
    }

    async Task<NpgsqlRawCopyStream> StartAsync(CancellationToken cancellationToken)
    {
        await BeginCountAsync(cancellationToken).ConfigureAwait(false);
        Lines.Clear();
        _bytesOfCopy = 0;
        _encoder.Clear();
        _encoder.Header();
        return await Session.Copies.BinaryAsync(Plan.Rendered[0].Text, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        // A token that fires while bytes are on their way would cost the connection, so it is heeded between buffers.
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _copy!.WriteAsync(_encoder.Written, Session.Copies.LastResort(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            throw Explain(failure);
        }
        _bytesOfCopy += _encoder.Length;
        _bytes += _encoder.Length;
        _encoder.Clear();
    }

    async ValueTask EndCopyAsync(CancellationToken cancellationToken)
    {
        _encoder.Trailer();
        await SendAsync(cancellationToken).ConfigureAwait(false);
        var copy = _copy!;
        _copy = null;
        try
        {
            // Disposal ends the COPY and waits for the server's answer.
            await copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            throw Explain(failure);
        }
        await EndCountAsync(cancellationToken).ConfigureAwait(false);
    }

    private protected override ValueTask EndAsync(CancellationToken cancellationToken) =>
        _copy is null ? ValueTask.CompletedTask : EndCopyAsync(cancellationToken);

    public override async ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return TakeStored();
    }

    public override async ValueTask DisposeAsync()
    {
        _encoder.Dispose();
        if (_copy is null)
            return;
        try
        {
            await _copy.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            // The COPY is over either way; what ended it is on its way to the caller already.
        }
        await DisposeQuietlyAsync(_copy).ConfigureAwait(false);
    }

    static async ValueTask DisposeQuietlyAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            // As above.
        }
    }
}
