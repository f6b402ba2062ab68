using Npgsql;

namespace Sluice.PostgreSql.Sessions;

/// <summary>Starts a COPY in each of its forms.</summary>
sealed class CopyStart(ServerSession session) : IDisposable
{
    readonly LastResort _lastResort = new();

    internal Task<NpgsqlRawCopyStream> BinaryAsync(string sql, CancellationToken cancellationToken) =>
        session.Driver.RunAsync(() => session.Lease.Connection.BeginRawBinaryCopyAsync(sql, Starting(cancellationToken)));

    internal Task<NpgsqlCopyTextWriter> TextAsync(string sql, CancellationToken cancellationToken) =>
        session.Driver.RunAsync(() => session.Lease.Connection.BeginTextImportAsync(sql, Starting(cancellationToken)));

    internal Task<NpgsqlBinaryImporter> ByDriverAsync(string sql, CancellationToken cancellationToken) =>
        session.Driver.RunAsync(() => session.Lease.Connection.BeginBinaryImportAsync(sql, Starting(cancellationToken)));

    // The driver gives up the connection of a COPY that is cancelled while it starts, and a caller's transaction would go with it.
    CancellationToken Starting(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return session.Transaction.IsShared ? LastResort(cancellationToken) : cancellationToken;
    }

    /// <summary>A token that fires when a cancelled load has not ended in good order within its grace.</summary>
    internal CancellationToken LastResort(CancellationToken cancellationToken) => _lastResort.Of(cancellationToken);

    public void Dispose() => _lastResort.Dispose();
}
