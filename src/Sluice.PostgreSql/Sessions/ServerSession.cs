using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Statements;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Sessions;

/// <summary>One connection on loan, as readers and writers use it: runs statements on it, and tells their failures as faults.</summary>
/// <param name="target">Where the connection leads, for messages.</param>
/// <param name="lease">The connection.</param>
/// <param name="perTransaction">What every transaction sets for itself, because the connection's sessions do not keep it; or null.</param>
/// <param name="dialect">How the server's version writes statements.</param>
/// <param name="isInCallers">Whether the connection is in a transaction that was begun outside the session.</param>
sealed class ServerSession(string target, Lease lease, TransactionOptions? perTransaction, PostgresDialect dialect,
    bool isInCallers) : IAsyncDisposable
{
    SessionTransaction? _transaction;
    CopyStart? _copies;
    TemporaryTables? _tables;

    internal string Target => target;

    internal Lease Lease => lease;

    internal PostgresDialect Dialect => dialect;

    /// <summary>Tells what the driver's failures mean.</summary>
    internal DriverCalls Driver { get; } = new(target, lease.Connection);

    internal SessionTransaction Transaction => _transaction ??= new SessionTransaction(this) { IsInCallers = isInCallers };

    internal CopyStart Copies => _copies ??= new CopyStart(this);

    internal TemporaryTables Tables => _tables ??= new TemporaryTables(this);

    /// <summary>What no session keeps for the next transaction.</summary>
    internal TransactionOptions? Unkept => lease.KeepsSettings && lease.Backend.IsOwn ? null : perTransaction;

    /// <summary>Runs a statement of ours, and reads the first value of its answer.</summary>
    internal Task<object?> ScalarAsync(string sql, string? parameter, CancellationToken cancellationToken) => Driver.RunAsync(async () =>
    {
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand(lease.Backend.Text(sql), lease.Connection);
        await using var disposal = command.ConfigureAwait(false);
        if (parameter is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        await lease.Backend.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    });

    /// <summary>A statement for the connection, which may be run again with other values.</summary>
    internal NpgsqlCommand CommandOf(RenderedStatement statement) => StatementRun.Command(lease, Noted(statement));

    /// <summary>Prepares a command that comes often on the connection, where that is safe.</summary>
    internal ValueTask PrepareAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        lease.Backend.PrepareAsync(command, cancellationToken);

    /// <summary>Whether a command is prepared on a connection that turned out to lead to others' sessions too.</summary>
    internal bool IsUnsafe(NpgsqlCommand command) => lease.Backend.IsShared && command.IsPrepared;

    /// <summary>Several statements as one text.</summary>
    internal string Text(params IEnumerable<string> statements) => lease.Backend.Text(statements);

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows that it changed, or that it returned.</returns>
    internal Task<long> ExecuteAsync(RenderedStatement statement, CancellationToken cancellationToken) => RunAsync(
        statement,
        async () =>
        {
            var countable = await Spread.CountableAsync(lease.Connection, statement, cancellationToken).ConfigureAwait(false);
            return await StatementRun.ExecuteAsync(lease, Noted(countable), cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Runs a statement to its end and reads what it returns.</summary>
    internal Task<IReadOnlyList<T>> QueryAsync<T>(RenderedStatement statement, ResultShape<T> shape, CancellationToken cancellationToken) =>
        NewTypes.RunAsync(
            this,
            () => RunAsync(statement, () => StatementRun.QueryAsync(lease, Noted(statement), shape, cancellationToken), cancellationToken),
            MayRunTwice(statement),
            cancellationToken);

    /// <summary>Whether running a statement again does nothing but read again, also where it failed half-way.</summary>
    internal static bool MayRunTwice(RenderedStatement statement) => statement is { OnlyReads: true, MayChangeSession: false };

    Task<TResult> RunAsync<TResult>(RenderedStatement statement, Func<Task<TResult>> run, CancellationToken cancellationToken) =>
        CommitsByItself(statement) ? Driver.RunAloneAsync(() => TryAsync(run)) : RunAsync(run, cancellationToken);

    bool CommitsByItself(RenderedStatement statement) =>
        !statement.OnlyReads && Unkept is null && !Transaction.IsBegun && !Transaction.IsInCallers;

    /// <summary>What a failure of a stream means.</summary>
    internal LoadFault ExplainStream(Exception failure, RenderedStatement statement)
    {
        var fault = Driver.Explain(failure);
        return fault.IsLost && CommitsByItself(statement) ? SessionProblems.StatementUnknown(target, failure) : fault;
    }

    /// <summary>The statement, once it is noted whether it may change the session for its next holder.</summary>
    internal RenderedStatement Noted(RenderedStatement statement)
    {
        lease.NeedsReset |= statement.MayChangeSession;
        return statement;
    }

    /// <summary>Runs a statement by itself. Where no session keeps the timeouts, it needs a transaction to be timed.</summary>
    internal async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> run, CancellationToken cancellationToken)
    {
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (Transaction.IsBegun || Unkept is null)
            return await TryAsync(run).ConfigureAwait(false);
        await Transaction.BeginAsync(new TransactionOptions(), cancellationToken).ConfigureAwait(false);
        var result = await TryAsync(run).ConfigureAwait(false);
        await Transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Sees to it that the connection can be used as it is meant to be.</summary>
    /// <remarks>
    /// Whether a pooler hands out sessions is asked where it matters already for the first statement; otherwise whatever asks the server
    /// next finds out.
    /// </remarks>
    internal async ValueTask GetReadyAsync(CancellationToken cancellationToken)
    {
        if (lease.Backend.MustAnswerFirst || (perTransaction is not null && lease.KeepsSettings && !lease.Backend.IsKnown))
        {
            await TryAsync(async () =>
            {
                await lease.Backend.AskAsync(lease.Connection, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        if (lease.Backend.IsUnusable)
            throw SessionProblems.AllPrepared(target);
        if (lease.Backend.OwesTypes)
            await NewTypes.LoadAsync(this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs what uses the connection, and tells its failures as faults.</summary>
    internal async Task<TResult> TryAsync<TResult>(Func<Task<TResult>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (NotSupportedException unknown) when (lease.Backend.IsNewType(unknown.Message))
        {
            // No message has left: a parameter's type is not among those that the driver knows.
            await NewTypes.LoadAsync(this, CancellationToken.None).ConfigureAwait(false);
            return await Driver.RunAsync(run).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (ServerFault.IsStalePlan(refused) && !Transaction.IsOpen)
        {
            // A table has changed since the statement was prepared. Nothing was done yet, so it is prepared anew and run again.
            return await Driver.RunAsync(() =>
            {
                lease.Backend.Forget(lease.Connection);
                return run();
            }).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw Driver.Explain(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is not null)
                await _transaction.RollBackAsync().ConfigureAwait(false);
            if (_tables is not null)
                await _tables.DropAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LoadFault || DriverCalls.IsDrivers(failure))
        {
            // The connection is gone, and the server rolls back what it had open.
        }
        finally
        {
            _copies?.Dispose();
            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }
}
