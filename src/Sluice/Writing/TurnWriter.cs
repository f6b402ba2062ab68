using Sluice.Rows;

namespace Sluice.Writing;

/// <summary>Writes in turns.</summary>
sealed class TurnWriter<T>(ChunkWriter<T> writer, NestedSession session) : ChunkWriter<T>
{
    readonly WriteTurns _turns = new(writer, session);

    public override long Bytes => writer.Bytes;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) => await _turns.RunAsync(
        async () =>
        {
            await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            await writer.PauseAsync(cancellationToken).ConfigureAwait(false);
            return chunk.Count;
        },
        cancellationToken).ConfigureAwait(false);

    public override ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken) => _turns.RunAsync(() => writer.CompleteAsync(cancellationToken), cancellationToken);

    public override ValueTask DisposeAsync() => _turns.DisposeAsync();
}

/// <summary>Writes in turns, and tells what became of each row.</summary>
sealed class TurnReturningWriter<T, TValue>(ReturningWriter<T, TValue> writer, NestedSession session) : ReturningWriter<T, TValue>
{
    readonly WriteTurns _turns = new(writer, session);

    public override ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        _turns.RunAsync(() => writer.WriteAsync(chunk, cancellationToken), cancellationToken);

    public override ValueTask DisposeAsync() => _turns.DisposeAsync();
}

/// <summary>The turns of a writer, which leaves nothing open on the connection between two of them, also where it fails.</summary>
sealed class WriteTurns(IAsyncDisposable writer, NestedSession session) : IAsyncDisposable
{
    bool _closed;

    internal async ValueTask<TResult> RunAsync<TResult>(Func<ValueTask<TResult>> write, CancellationToken cancellationToken)
    {
        using var turn = await session.WriteTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    async ValueTask CloseAsync()
    {
        if (_closed)
            return;
        _closed = true;
        await writer.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        using var turn = await session.EndTurnAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }
}
