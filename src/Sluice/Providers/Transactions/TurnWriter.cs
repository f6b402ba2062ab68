using Sluice.Rows;

namespace Sluice.Providers.Transactions;

/// <summary>Writes in turns.</summary>
sealed class TurnWriter<T>(ChunkWriter<T> writer, NestedSession session) : ChunkWriter<T>
{
    readonly WriteTurns _turns = new(writer, session, () => writer.PauseAsync(CancellationToken.None));

    public override long Bytes => writer.Bytes;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) => await _turns.RunAsync(
        async () =>
        {
            await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            return chunk.Count;
        },
        leaves: true,
        cancellationToken).ConfigureAwait(false);

    public override async ValueTask PauseAsync(CancellationToken cancellationToken) => await _turns.RunAsync(
        async () =>
        {
            await writer.PauseAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        },
        leaves: false,
        cancellationToken).ConfigureAwait(false);

    public override ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken) =>
        _turns.RunAsync(() => writer.CompleteAsync(cancellationToken), leaves: false, cancellationToken);

    public override ValueTask DisposeAsync() => _turns.DisposeAsync();
}

/// <summary>Writes in turns, and tells what became of each row.</summary>
sealed class TurnReturningWriter<T, TValue>(ReturningWriter<T, TValue> writer, NestedSession session) : ReturningWriter<T, TValue>
{
    readonly WriteTurns _turns = new(writer, session, () => ValueTask.CompletedTask);

    public override ValueTask<IReadOnlyList<RowOutcome<TValue>>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        _turns.RunAsync(() => writer.WriteAsync(chunk, cancellationToken), leaves: false, cancellationToken);

    public override ValueTask DisposeAsync() => _turns.DisposeAsync();
}
