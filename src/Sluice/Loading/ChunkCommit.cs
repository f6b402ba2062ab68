using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Writes chunks in the transactions that a plan's commit policy says: one for all, or one for each.</summary>
sealed class ChunkCommit<T>(PreparedLoad<T> load, ChunkWriter<T> writer)
{
    readonly bool _isAtomic = load.Plan.Commit == CommitPolicy.Atomic;
    readonly TransactionOptions _transaction = load.Request.Options.Limits.Transaction;
    bool _begun = load.HasBegun;
    long _bytesAtOnce;

    internal long Bytes => writer.Bytes + _bytesAtOnce;

    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_isAtomic && !_begun)
            await load.Session.BeginAsync(_transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>What became of the rows where they are committed; null where they will be with all others.</returns>
    internal async Task<RowFates?> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        if (_isAtomic)
        {
            await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            return null;
        }
        // What is refused so is done again in a transaction, which finds out why.
        if (!_begun && load.Plan.Write is { RemovesOthers: false } && !load.Session.IsNested && _transaction.StatementTimeout is null
            && await load.Session.TryWriteAtOnceAsync(load.PlanOf(load.Session, chunk), load.Shape, chunk,
                cancellationToken).ConfigureAwait(false) is { } done)
        {
            _bytesAtOnce += done.Bytes;
            return done.Fates;
        }
        var begun = _begun;
        _begun = false;
        return await ChunkCommit.WriteAsync(load.Session, writer, chunk, begun ? null : _transaction,
            cancellationToken).ConfigureAwait(false);
    }

    /// <returns>What became of all rows where they are committed together; null where each chunk was.</returns>
    internal async Task<RowFates?> EndAsync(CancellationToken cancellationToken) =>
        _isAtomic ? await ChunkCommit.CommitAsync(load.Session, writer, cancellationToken).ConfigureAwait(false) : null;
}

static class ChunkCommit
{
    /// <summary>Writes a chunk in a transaction of its own, which is begun unless it is open already.</summary>
    internal static async Task<RowFates> WriteAsync<T>(BulkSession session, ChunkWriter<T> writer, RowChunk<T> chunk,
        TransactionOptions? transaction, CancellationToken cancellationToken)
    {
        if (transaction is not null)
            await session.BeginAsync(transaction, cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(session, writer, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<RowFates> CommitAsync<T>(BulkSession session, ChunkWriter<T> writer, CancellationToken cancellationToken)
    {
        var stored = await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        return stored;
    }
}
