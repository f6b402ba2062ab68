using System.Data.Common;
using Sluice.Providers;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Sessions;

/// <summary>The transaction on a session's connection, and the write lock while it is open.</summary>
/// <param name="target">The file, for messages.</param>
/// <param name="worker">The connection.</param>
/// <param name="options">How a transaction begins, and how long a lock is waited for.</param>
/// <param name="writing">The engine's write lock.</param>
/// <param name="isInCallers">Whether the connection is in a transaction that the caller began through the driver.</param>
/// <param name="driver">Begins and ends the transaction by the driver's objects; null where it is the engine's alone.</param>
sealed class SessionTransaction(string target, SqliteWorker worker, SqliteEngineOptions options, WriteLock writing, bool isInCallers,
    DriverTransaction? driver = null)
{
    bool _readOnly;
    bool _holdsLock;

    /// <summary>Whether a transaction is open that the session began.</summary>
    internal bool IsBegun { get; private set; }

    /// <summary>The open transaction as the driver has it; null where it is the engine's alone.</summary>
    internal DbTransaction? OfDriver => driver?.Given;

    /// <summary>Whether statements are part of a transaction: the session's, or the caller's.</summary>
    internal bool IsOpen => IsBegun || isInCallers;

    /// <summary>How long a statement may run.</summary>
    internal TimeSpan? StatementTimeout { get; private set; } = options.StatementTimeout;

    /// <summary>What the write lock is held for, for the message of one who waits for it in vain.</summary>
    internal string Use { get; set; } = "a transaction";

    /// <summary>Takes the write lock where it is free.</summary>
    internal bool TryTakeLock() => writing.TryTake() && (_holdsLock = true);

    /// <summary>The failure of one who waited for the lock in vain.</summary>
    internal LoadFault Locked() => NativeProblems.Locked(target, options.BusyTimeout, writing.Holder);

    internal void ReleaseLock()
    {
        if (_holdsLock)
            writing.Release();
        _holdsLock = false;
    }

    internal async Task BeginAsync(TransactionOptions transaction, CancellationToken cancellationToken)
    {
        // A transaction that only reads sees one state of the file and keeps nobody from writing.
        if (!transaction.ReadOnly)
        {
            if (!await writing.TakeAsync(Use, options.BusyTimeout, cancellationToken).ConfigureAwait(false))
                throw Locked();
            _holdsLock = true;
        }
        _readOnly = transaction.ReadOnly;
        var words = transaction.ReadOnly ? "DEFERRED" : options.Begin.ToString().ToUpperInvariant();
        var begun = await worker.RunAsync(
            db =>
            {
                if (db.InTransaction)
                    throw NativeProblems.BegunSince();
                if (transaction.ReadOnly)
                    db.Execute("PRAGMA query_only = ON");
                return driver?.TryBegin(words is "DEFERRED", cancellationToken)
                    ?? db.TryExecute("BEGIN " + words, options.BusyTimeout, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        if (!begun)
            throw NativeProblems.Locked(target, options.BusyTimeout, holder: null);
        IsBegun = true;
        StatementTimeout = transaction.StatementTimeout ?? options.StatementTimeout;
    }

    internal async Task CommitAsync(CancellationToken cancellationToken)
    {
        bool committed;
        try
        {
            committed = await worker.RunAsync(
                db =>
                    db.InTransaction
                        ? driver?.TryCommit(cancellationToken) ?? db.TryExecute("COMMIT", options.BusyTimeout, cancellationToken)
                        : throw NativeProblems.TransactionGone(), cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (NativeFailure.IsDisk(fault))
        {
            throw NativeProblems.CommitUnknown(target, fault);
        }
        if (!committed)
            throw NativeProblems.Locked(target, options.BusyTimeout, holder: null);
        IsBegun = false;
        StatementTimeout = options.StatementTimeout;
        ReleaseLock();
    }

    /// <summary>Rolls back what is open, and lets others write.</summary>
    /// <returns>
    /// Whether the connection is as it was lent. What one that cannot undo its transaction has left is undone when it is closed.
    /// </returns>
    internal async ValueTask<bool> EndAsync()
    {
        try
        {
            if (IsBegun || _readOnly)
                await worker.RunAsync(End, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (LoadFault)
        {
            // What ended it is on its way to the caller.
            return false;
        }
        finally
        {
            ReleaseLock();
        }
    }

    bool End(SqliteHandle db)
    {
        driver?.RollBack();
        if (IsBegun && db.InTransaction)
            db.Execute("ROLLBACK");
        if (_readOnly)
            db.Execute("PRAGMA query_only = OFF");
        return true;
    }
}
