using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Writes chunks as COPY in text format, for text whose types only the server can read.</summary>
sealed class TextCopyWriter<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, RowNumbers? numbers)
    : PostgresWriter<T>(session, plan, shape, locate)
{
    readonly TextCopyEncoder _encoder = new(Slot.For(plan, shape.Fields.Count)) { Numbers = numbers };
    NpgsqlCopyTextWriter? _copy;
    long _bytesOfCopy;
    long _bytes;

    public override long Bytes => _bytes;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_copy is null)
        {
            await BeginCountAsync(cancellationToken).ConfigureAwait(false);
            Lines.Clear();
            _bytesOfCopy = 0;
            _copy = await Session.Copies.TextAsync(Plan.Rendered[0].Text, cancellationToken).ConfigureAwait(false);
        }
        Add(chunk);
        Encode(chunk);
        try
        {
            await _copy.WriteAsync(_encoder.Written, Session.Copies.LastResort(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            throw Explain(failure);
        }
        _bytes += _encoder.Length;
        _bytesOfCopy += _encoder.Length;
        _encoder.Clear();
        if (_bytesOfCopy >= RestartAt)
            await EndAsync(cancellationToken).ConfigureAwait(false);
    }

    void Encode(RowChunk<T> chunk)
    {
        _encoder.StartBlock();
        try
        {
            Shape.Write(chunk.Rows, ref _encoder.Sink);
        }
        catch (ValueException refused)
        {
            throw Refuse(refused, chunk, _encoder.Ended, _encoder.Field);
        }
    }

    private protected override async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_copy is not { } copy)
            return;
        _copy = null;
        try
        {
            await copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            throw Explain(failure);
        }
        await EndCountAsync(cancellationToken).ConfigureAwait(false);
    }

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
            await _copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            // The COPY is over either way; what ended it is on its way to the caller already.
        }
    }
}
