using System.Data.Common;
using Sluice.Providers;
using Sluice.Providers.Transactions;
using Sluice.Rendering;

namespace Sluice;

/// <summary>A transaction: what is done in it happens when it is committed, or not at all.</summary>
/// <remarks>
/// It has one connection. What is asked for at the same time takes turns, so that a stream of the transaction can feed a load of it; while
/// a stream is read with <see cref="StreamMode.Direct"/>, which leaves nobody a turn, everything else is refused. A bulk load in it never
/// commits; one that fails is undone, with what else was done in the transaction meanwhile, and the transaction can go on. Disposed without
/// a commit it is rolled back.
/// </remarks>
public sealed class Transaction : Database
{
    readonly OpenTransaction _transaction;

    internal Transaction(OpenTransaction transaction) => _transaction = transaction;

    /// <inheritdoc/>
    public override string Target => _transaction.Target;

    /// <inheritdoc/>
    public override SqlDialect Dialect => _transaction.Dialect;

    internal override bool IsTransaction => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public override Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default) =>
        _transaction.OpenSessionAsync(cancellationToken);

    /// <summary>The transaction as the database's driver has it, for Dapper or for commands of ADO.NET.</summary>
    /// <remarks>
    /// One thing at a time: commands are not waited for by the transaction's own verbs, nor do they wait. What they did while a load was
    /// under way is undone with it if it fails. <see cref="CommitAsync"/> ends the transaction; ended through the driver, it is lost for
    /// Sluice.
    /// </remarks>
    /// <exception cref="BulkPlanException">
    /// The connection is not one that the driver could be given: begin with <see cref="TransactionOptions.SharesConnection"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public DbTransaction DbTransaction => _transaction.DbTransaction;

    /// <summary>The connection that the transaction is on, as the database's driver has it.</summary>
    /// <remarks>As for <see cref="DbTransaction"/>. It is not to be closed or disposed.</remarks>
    /// <exception cref="BulkPlanException">As for <see cref="DbTransaction"/>.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public DbConnection DbConnection => _transaction.DbTransaction.Connection!;

    /// <summary>Sets a mark to which the transaction can go back.</summary>
    /// <returns>The mark. Disposed before it is released, everything since is undone.</returns>
    public async Task<Savepoint> SavepointAsync(CancellationToken cancellationToken = default) =>
        new(_transaction, await _transaction.MarkAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Makes everything that was done in the transaction last.</summary>
    /// <exception cref="BulkPlanException">
    /// A load is under way in it, a stream occupies its connection, or a load that failed took with it what had been done beside it, which
    /// is said once. The transaction is still open.
    /// </exception>
    /// <exception cref="BulkException">
    /// The database refused, or the connection was lost and the outcome is unknown; the message says which.
    /// </exception>
    public Task CommitAsync(CancellationToken cancellationToken = default) => _transaction.CommitAsync(cancellationToken);

    /// <summary>Undoes everything that was done in the transaction.</summary>
    /// <param name="cancellationToken">Heeded before the undoing begins.</param>
    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        _transaction.RequireOpen();
        cancellationToken.ThrowIfCancellationRequested();
        return DisposeAsync().AsTask();
    }

    /// <summary>Rolls back what was not committed, and gives the connection back.</summary>
    public override ValueTask DisposeAsync() => _transaction.DisposeAsync();
}

/// <summary>A mark in a transaction.</summary>
public sealed class Savepoint : IAsyncDisposable
{
    readonly OpenTransaction _transaction;
    readonly Scope _scope;
    bool _ended;

    internal Savepoint(OpenTransaction transaction, Scope scope)
    {
        _transaction = transaction;
        _scope = scope;
    }

    /// <summary>Keeps what was done since, as far as the transaction is kept.</summary>
    /// <exception cref="BulkException">It was undone already, together with a load that was under way when the mark was set.</exception>
    public Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        return _transaction.KeepAsync(_scope, cancellationToken);
    }

    /// <summary>Undoes what was done since.</summary>
    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        return _transaction.UndoAsync(_scope, cancellationToken);
    }

    /// <summary>Undoes what was done since, unless it was released.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended && _transaction.IsOpen)
            await RollbackAsync().ConfigureAwait(false);
    }
}
