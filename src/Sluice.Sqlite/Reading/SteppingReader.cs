using Sluice.Providers;
using Sluice.Sqlite.Sessions;

namespace Sluice.Sqlite.Reading;

/// <summary>Reads batches by stepping one statement on the connection's thread; between batches it stands still.</summary>
sealed class SteppingReader<T>(SessionCalls calls, StreamRequest request, StatementRows<T> rows) : BatchReader<T>
{
    // In the caller's transaction the consumer may run statements of its own, which a batch read ahead would or would not have seen.
    public override bool ReadsAhead => !request.InTransaction;

    public override async ValueTask<int> ReadAsync(T[] batch, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync(db => rows.Read(db, batch, request.BatchRows, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // An interrupt that came when the batch was read would stop the next statement of the transaction, were this one still open.
            if (request.InTransaction && cancellationToken.IsCancellationRequested)
                await DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await calls.Worker.RunAsync(
            db =>
            {
                rows.End(db);
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
    }
}
