using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Reading;

/// <summary>Opens the reader that a stream needs.</summary>
static class Readers
{
    internal static async Task<BatchReader<T>> OpenAsync<T>(ServerSession session, StreamRequest request, ResultShape<T> shape,
        CancellationToken cancellationToken)
    {
        var isDirect = request.Mode == StreamMode.Direct || (request.Mode == StreamMode.Auto && !request.Statement.OnlyReads);
        // A direct reader has no transaction of its own, unless something is to be set for it alone.
        await session.GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (!request.InTransaction && (!isDirect || request.IsExact || session.Unkept is not null))
            await session.Transaction.BeginAsync(new TransactionOptions { ReadOnly = !isDirect }, cancellationToken).ConfigureAwait(false);
        session.Lease.Use = "a stream";
        session.Noted(request.Statement);
        return isDirect
            ? new DirectReader<T>(session, session.Lease, request, shape)
            : new CursorReader<T>(session, session.Lease, request, shape);
    }
}
