using System.Data;
using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Faults;

namespace Sluice.PostgreSql.Sessions;

/// <summary>The transaction on a session's connection: the session's own, or one that was begun before it.</summary>
sealed class SessionTransaction(ServerSession session)
{
    NpgsqlTransaction? _own;

    // Whether rows of the open transaction go to servers that commit by themselves.
    bool _writesElsewhere;

    /// <summary>Whether the connection is in a transaction that was begun outside the session.</summary>
    internal bool IsInCallers { get; set; }

    /// <summary>Whether a transaction is open that the session began.</summary>
    internal bool IsBegun => _own is not null;

    /// <summary>The transaction that the session began, for others who may change the connection's session.</summary>
    internal NpgsqlTransaction? Given()
    {
        session.Lease.NeedsReset |= _own is not null;
        return _own;
    }

    /// <summary>Whether a transaction is open, or may be: the caller may have begun one on his connection.</summary>
    internal bool IsOpen => IsBegun || session.Lease.IsCallers || IsInCallers;

    /// <summary>Whether the load is a part of a transaction that was begun before it.</summary>
    internal bool IsShared { get; private set; }

    /// <summary>Whether the open transaction is the load's own and ends with it, and with it what is set in it.</summary>
    internal bool IsLoads => IsBegun && !IsShared && !session.Lease.IsCallers;

    /// <summary>
    /// Whether a chunk's end is a transaction's, and a temporary table is still there in the next one: not within a transaction that was
    /// begun before the load, whose chunks end with savepoints, nor where each transaction may get another of the server's connections.
    /// </summary>
    internal bool KeepsTables => session.Lease.Backend.IsOwn && !IsShared && !session.Lease.IsCallers;

    /// <summary>Notes that a load begins.</summary>
    internal void Enter(BulkPlan plan)
    {
        IsShared = IsOpen;
        _writesElsewhere |= plan.Table.Traits.HasFlag(TableTraits.Foreign);
    }

    internal async Task BeginAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var connection = session.Lease.Connection;
        try
        {
            await session.GetReadyAsync(cancellationToken).ConfigureAwait(false);
            _own = await connection.BeginTransactionAsync(options.Isolation, cancellationToken).ConfigureAwait(false);
            session.Lease.Use = "a transaction";
            await SetAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException begun) when (begun is not ObjectDisposedException && connection.FullState is ConnectionState.Open)
        {
            throw SessionProblems.BegunSince(begun);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw session.Driver.Explain(failure);
        }
    }

    async Task SetAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var settings = TransactionSettings.Of(options, session.Unkept);
        if (settings.Count == 0)
            return;
        var command = new NpgsqlCommand(session.Text(settings), session.Lease.Connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The time at which the open transaction began, as the server tells it.</summary>
    internal Task<DateTimeOffset> TimeAsync(CancellationToken cancellationToken) => session.TryAsync(async () =>
        new DateTimeOffset((DateTime)(await session.ScalarAsync("SELECT transaction_timestamp()", null, cancellationToken).ConfigureAwait(false))!));

    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on: a commit that is given up half way has an unknown outcome.
            await _own!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            if (failure is not PostgresException refused)
                throw SessionProblems.OutcomeUnknown(session.Target, failure);
            // Those of other servers have committed before this one looks for conflicts of its own.
            throw _writesElsewhere && refused.SqlState == PostgresErrorCodes.SerializationFailure
                ? SessionProblems.CommittedInPart(refused)
                : session.Driver.Explain(refused);
        }
        await RollBackAsync().ConfigureAwait(false);
        _writesElsewhere = false;
    }

    /// <summary>Gives up the session's transaction, where it has one. After a commit nothing is left to roll back.</summary>
    internal async Task RollBackAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync().ConfigureAwait(false);
        _own = null;
    }
}
