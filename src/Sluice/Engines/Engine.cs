using System.Data.Common;

namespace Sluice;

/// <summary>A database that rows are moved into and out of: its connections, its dialect and every verb.</summary>
/// <remarks>Safe for use by several threads at once. Made by a database package; disposed, it closes what it opened.</remarks>
public abstract class Engine : Database
{
    /// <summary>Begins a transaction that has every verb that the engine has.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the beginning.</param>
    /// <returns>The transaction, on a connection of its own. Disposed before it is committed, it is rolled back.</returns>
    /// <exception cref="BulkException">No connection could be had, or it could not begin.</exception>
    public async Task<Transaction> BeginAsync(TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await BeginWithinAsync(options ?? TransactionOptions.Default, cancellationToken).ConfigureAwait(false));

    /// <summary>Lends a connection of the database's driver, for Dapper or for commands of ADO.NET.</summary>
    /// <param name="cancellationToken">Cancels the waiting for one.</param>
    /// <returns>
    /// The driver's own connection, open. Disposed, it goes back: what is open on it is rolled back, and its next holder finds nothing of
    /// what was set in its session.
    /// </returns>
    /// <remarks>To work within a transaction of the engine's, take its <see cref="Transaction.DbTransaction"/>.</remarks>
    /// <exception cref="BulkPlanException">
    /// The call is in a TransactionScope that the engine takes part in by a connection of its own.
    /// </exception>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public Task<DbConnection> RentConnectionAsync(CancellationToken cancellationToken = default) => RentAsync(cancellationToken);

    /// <summary>Lends a connection.</summary>
    protected abstract Task<DbConnection> RentAsync(CancellationToken cancellationToken);
}
