using Sluice.Rendering;
using Sluice.Providers;
using Sluice.Providers.Transactions;

namespace Sluice;

/// <summary>A transaction: what is done in it happens when it is committed, or not at all.</summary>
/// <remarks>
/// It has one connection. What is asked for at the same time takes turns, so that a stream of the transaction can feed a load of it; while a
/// stream is read with <see cref="StreamMode.Direct"/>, which leaves nobody a turn, everything else is refused. A bulk load in it never commits;
/// one that fails is undone, with what else was done in the transaction meanwhile, and the transaction can go on. Disposed without a commit it is
/// rolled back.
/// </remarks>
public sealed class Transaction : Database
{
    readonly Database _engine;
    readonly BulkSession _session;
    readonly Turns _turns;
    bool _ended;

    internal Transaction(Database engine, BulkSession session)
    {
        _engine = engine;
        _session = session;
        _turns = new Turns((session as NestedSession)?.Savepoint ?? "sluice_savepoint");
    }

    /// <inheritdoc/>
    public override string Target => _engine.Target;

    /// <inheritdoc/>
    public override SqlDialect Dialect => _engine.Dialect;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    public override Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        return Task.FromResult<BulkSession>(new NestedSession(_session, _turns));
    }

    /// <summary>Sets a mark to which the transaction can go back.</summary>
    /// <returns>The mark. Disposed before it is released, everything since is undone.</returns>
    public async Task<Savepoint> SavepointAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new Savepoint(this, await _turns.Scopes.BeginAsync(_session, isLoad: false, cancellationToken).ConfigureAwait(false));
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    /// <summary>Makes everything that was done in the transaction last.</summary>
    /// <exception cref="BulkPlanException">
    /// A load is under way in it, a stream occupies its connection, or a load that failed took with it what had been done beside it, which is
    /// said once. The transaction is still open.
    /// </exception>
    /// <exception cref="BulkException">The database refused, or the connection was lost and the outcome is unknown; the message says which.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        if (_turns.Scopes.HasLoad)
            throw Throw.CommitAmidLoad();
        if (_turns.Scopes.HasLost)
        {
            _turns.Scopes.HasLost = false;
            throw Throw.LostTogether();
        }
        _ended = true;
        try
        {
            await _turns.EndAsync().ConfigureAwait(false);
            await _session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
        finally
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Undoes everything that was done in the transaction.</summary>
    /// <param name="cancellationToken">Heeded before the undoing begins.</param>
    public Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        cancellationToken.ThrowIfCancellationRequested();
        return DisposeAsync().AsTask();
    }

    internal async Task KeepAsync(Scope scope, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _turns.Scopes.KeepAsync(_session, scope, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    internal async Task UndoAsync(Scope scope, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _turns.Scopes.UndoAsync(_session, scope).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    internal bool IsOpen => !_ended;

    void RequireOpen()
    {
        if (_ended)
            throw Throw.TransactionEnded();
    }

    /// <summary>Rolls back what was not committed, and gives the connection back.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        using var turn = await _turns.TakeToEndAsync().ConfigureAwait(false);
        try
        {
            await _turns.EndAsync().ConfigureAwait(false);
        }
        finally
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>A mark in a transaction.</summary>
public sealed class Savepoint : IAsyncDisposable
{
    readonly Transaction _transaction;
    readonly Scope _scope;
    bool _ended;

    internal Savepoint(Transaction transaction, Scope scope)
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
