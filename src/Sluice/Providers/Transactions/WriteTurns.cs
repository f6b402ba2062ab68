using System.Runtime.ExceptionServices;

namespace Sluice.Providers.Transactions;

/// <summary>The turns of one writer.</summary>
/// <param name="writer">The writer. Where it fails it is disposed in the same turn, so that nothing of it stays on the connection.</param>
/// <param name="session">Its session.</param>
/// <param name="pause">Ends what the writer has open.</param>
sealed class WriteTurns(IAsyncDisposable writer, NestedSession session, Func<ValueTask> pause) : IAsyncDisposable
{
    ExceptionDispatchInfo? _failure;
    bool _closed;

    /// <param name="write">What is written.</param>
    /// <param name="leaves">
    /// Whether something may stay open, so that rows of many chunks can go together while nobody else needs the connection.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for the turn.</param>
    internal async ValueTask<TResult> RunAsync<TResult>(Func<ValueTask<TResult>> write, bool leaves, CancellationToken cancellationToken)
    {
        using var turn = await session.WriteTurnAsync(cancellationToken, this).ConfigureAwait(false);
        _failure?.Throw();
        try
        {
            var result = await write().ConfigureAwait(false);
            session.Leave(leaves ? this : null);
            return result;
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends what was left open, in the turn of another one. If it fails, that is told when the writer has its next turn.</summary>
    internal async ValueTask EndLeftAsync()
    {
        try
        {
            await pause().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    async ValueTask CloseAsync()
    {
        session.Leave(null);
        if (_closed)
            return;
        _closed = true;
        await writer.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        using var turn = await session.EndTurnAsync(this).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }
}
