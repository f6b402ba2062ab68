using System.Data.Common;
using Sluice.Rendering;

namespace Sluice.Providers.Transactions;

/// <summary>A transaction on one connection, whose users take turns.</summary>
sealed class OpenTransaction : SessionSource
{
    readonly SessionSource _engine;
    readonly BulkSession _session;
    readonly Turns _turns;
    DbTransaction? _given;
    bool _ended;

    internal OpenTransaction(SessionSource engine, BulkSession session)
    {
        _engine = engine;
        _session = session;
        _turns = new Turns((session as NestedSession)?.Savepoint ?? "sluice_savepoint");
    }

    public override string Target => _engine.Target;

    public override SqlDialect Dialect => _session.Dialect;

    internal override bool IsTransaction => true;

    internal bool IsOpen => !_ended;

    /// <summary>The transaction as the driver has it.</summary>
    internal DbTransaction DbTransaction
    {
        get
        {
            RequireOpen();
            return _given = _session.DbTransaction ?? throw TransactionProblems.NotOfDriver();
        }
    }

    public override Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        return Task.FromResult<BulkSession>(new NestedSession(_session, _turns));
    }

    /// <summary>Sets a mark to which the transaction can go back.</summary>
    internal Task<Scope> MarkAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        return InTurnAsync(async () => await _turns.Scopes.BeginAsync(_session, isLoad: false, cancellationToken).ConfigureAwait(false),
            cancellationToken);
    }

    /// <summary>Keeps what was done since a mark, as far as the transaction is kept.</summary>
    internal Task KeepAsync(Scope scope, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await _turns.Scopes.KeepAsync(_session, scope, cancellationToken).ConfigureAwait(false);
            return scope;
        },
        cancellationToken);

    /// <summary>Undoes what was done since a mark.</summary>
    internal Task UndoAsync(Scope scope, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await _turns.Scopes.UndoAsync(_session, scope).ConfigureAwait(false);
            return scope;
        },
        cancellationToken);

    async Task<TResult> InTurnAsync<TResult>(Func<Task<TResult>> run, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault);
        }
    }

    /// <summary>Makes everything that was done in the transaction last.</summary>
    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        RequireOpen();
        using var turn = await _turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        if (_turns.Scopes.HasLoad)
            throw TransactionProblems.CommitAmidLoad();
        if (_turns.Scopes.HasLost)
        {
            _turns.Scopes.HasLost = false;
            throw TransactionProblems.LostTogether();
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

    internal void RequireOpen()
    {
        if (_ended)
            throw TransactionProblems.TransactionEnded();
        if (_given is { } given && HasEnded(given))
            throw TransactionProblems.EndedByDriver();
    }

    // Drivers have no property for it; the level of one that has ended is refused by all.
    static bool HasEnded(DbTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel;
            return transaction.Connection is null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
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
