using Sluice.Rendering;
using Sluice.Writing;

namespace Sluice;

/// <summary>A transaction: what is done in it happens when it is committed, or not at all.</summary>
/// <remarks>
/// One thing at a time: it has one connection. A bulk load in it never commits; one that fails is undone, and the transaction can go on.
/// Disposed without a commit it is rolled back.
/// </remarks>
public sealed class Transaction : Database
{
    readonly Database _engine;
    readonly BulkSession _session;
    bool _ended;
    int _savepoints;

    internal Transaction(Database engine, BulkSession session)
    {
        _engine = engine;
        _session = session;
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
        return Task.FromResult<BulkSession>(new NestedSession(_session, NextName()));
    }

    string NextName() => NestedSession.Name("savepoint", ++_savepoints);

    /// <summary>Sets a mark to which the transaction can go back.</summary>
    /// <returns>The mark. Disposed before it is released, everything since is undone.</returns>
    public async Task<Savepoint> SavepointAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        var name = NextName();
        await RunAsync("SAVEPOINT " + name, cancellationToken).ConfigureAwait(false);
        return new Savepoint(this, name);
    }

    /// <summary>Makes everything that was done in the transaction last.</summary>
    /// <exception cref="BulkException">The database refused, or the connection was lost and the outcome is unknown; the message says which.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        _ended = true;
        try
        {
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

    internal async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await _session.ExecuteAsync(new RenderedStatement(sql, []), cancellationToken).ConfigureAwait(false);
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
            throw new InvalidOperationException("The transaction has ended. Begin another one.");
    }

    /// <summary>Rolls back what was not committed, and gives the connection back.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        await _session.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>A mark in a transaction.</summary>
public sealed class Savepoint : IAsyncDisposable
{
    readonly Transaction _transaction;
    readonly string _name;
    bool _ended;

    internal Savepoint(Transaction transaction, string name)
    {
        _transaction = transaction;
        _name = name;
    }

    /// <summary>Keeps what was done since, as far as the transaction is kept.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        return _transaction.RunAsync("RELEASE SAVEPOINT " + _name, cancellationToken);
    }

    /// <summary>Undoes what was done since.</summary>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        await _transaction.RunAsync("ROLLBACK TO SAVEPOINT " + _name, cancellationToken).ConfigureAwait(false);
        await _transaction.RunAsync("RELEASE SAVEPOINT " + _name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Undoes what was done since, unless it was released.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended && _transaction.IsOpen)
            await RollbackAsync().ConfigureAwait(false);
    }
}
