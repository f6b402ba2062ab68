using System.Data.Common;
using Sluice.Planning;
using Sluice.Rendering;
using Sluice.Rows;

namespace Sluice.Providers.Transactions;

/// <summary>
/// The session of a caller's transaction, on loan to one load: what the load commits is a savepoint's, the rest is the caller's.
/// </summary>
/// <param name="session">The transaction's session.</param>
/// <param name="turns">Who else uses it.</param>
/// <param name="end">Ends the session of which it is a loan, where nobody else does.</param>
sealed class NestedSession(BulkSession session, Turns turns, Func<ValueTask>? end = null) : BulkSession
{
    Scope? _scope;
    bool _disposed;

    public override string Target => session.Target;

    public override SqlDialect Dialect => session.Dialect;

    public override bool IsNested => true;

    public override DbTransaction? DbTransaction => session.DbTransaction;

    /// <summary>The savepoint of what is begun.</summary>
    internal string Savepoint => _scope!.Savepoint;

    public override async Task<Table?> FindTableAsync(string name, string? schema, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return await session.FindTableAsync(name, schema, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return await session.ListTablesAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task CreateTableAsync(Table table, CancellationToken cancellationToken)
    {
        using var turn = await WriteTurnAsync(cancellationToken).ConfigureAwait(false);
        await session.CreateTableAsync(table, cancellationToken).ConfigureAwait(false);
    }

    public override BulkPlan PlanInsert(PlanRequest request) => session.PlanInsert(request);

    public override bool InsertsByStatement(PlanRequest request) => session.InsertsByStatement(request);

    public override BulkPlan PlanWrite(PlanRequest request, WriteRequest write) => session.PlanWrite(request, write);

    public override async Task<bool> HasConflictIndexAsync(BulkPlan plan, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return await session.HasConflictIndexAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    public override ChunkWriter<T> OpenWriter<T>(BulkPlan plan, RowShape<T> shape, BulkOptions options, RowLocator<T> locate) =>
        new TurnWriter<T>(session.OpenWriter(plan, shape, options, locate), this);

    public override RowCheck<T> OpenCheck<T>(BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) =>
        session.OpenCheck(plan, shape, locate);

    public override ReturningWriter<T, TValue> OpenReturning<T, TValue>(BulkPlan plan, RowShape<T> shape,
        ReturningRequest<TValue> returning, RowLocator<T> locate) =>
        new TurnReturningWriter<T, TValue>(session.OpenReturning(plan, shape, returning, locate), this);

    public override async Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken)
    {
        using var turn = await (statement.OnlyReads ? turns.TakeAsync(cancellationToken) : WriteTurnAsync(cancellationToken)).ConfigureAwait(false);
        return await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape,
        CancellationToken cancellationToken)
    {
        using var turn = await (statement.OnlyReads ? turns.TakeAsync(cancellationToken) : WriteTurnAsync(cancellationToken)).ConfigureAwait(false);
        return await session.QueryAsync(statement, shape, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<QueryDescription> DescribeAsync(RenderedStatement query, IReadOnlyList<Column>? known,
        CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return await session.DescribeAsync(query, known, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<BatchReader<T>> OpenReaderAsync<T>(StreamRequest request, ResultShape<T> shape,
        CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        return new TurnReader<T>(await session.OpenReaderAsync(request with { InTransaction = true }, shape, cancellationToken).ConfigureAwait(false), turns);
    }

    /// <summary>Waits for the turn to write.</summary>
    /// <exception cref="LoadFault">What was begun was undone together with another load.</exception>
    internal async ValueTask<Turn> WriteTurnAsync(CancellationToken cancellationToken, WriteTurns? writer = null)
    {
        var turn = await turns.TakeAsync(cancellationToken, writer).ConfigureAwait(false);
        try
        {
            turns.Scopes.Write(_scope);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the turn to end something.</summary>
    internal ValueTask<Turn> EndTurnAsync(WriteTurns writer) => turns.TakeToEndAsync(writer);

    /// <summary>Notes what its writer leaves open, in its turn.</summary>
    internal void Leave(WriteTurns? writer) => turns.Leave(writer);

    public override async Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        _scope = await turns.Scopes.BeginAsync(session, isLoad: true, cancellationToken).ConfigureAwait(false);
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        await turns.Scopes.KeepAsync(session, _scope!, cancellationToken).ConfigureAwait(false);
        _scope = null;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed || (_scope is null && end is null))
            return;
        _disposed = true;
        using var turn = await turns.TakeToEndAsync().ConfigureAwait(false);
        if (_scope is { } scope)
        {
            _scope = null;
            await turns.UndoAsync(session, scope).ConfigureAwait(false);
        }
        if (end is not null)
            await end().ConfigureAwait(false);
    }
}
