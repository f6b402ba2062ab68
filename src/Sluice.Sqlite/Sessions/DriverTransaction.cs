using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Sessions;

/// <summary>A transaction that is begun and ended by the driver's objects, so that others' commands can be a part of it.</summary>
/// <remarks>Called on the connection's thread.</remarks>
sealed class DriverTransaction(SqliteConnection connection, SqliteEngineOptions options)
{
    // The driver looks for a lock every 150 milliseconds and heeds no token.
    const int SecondsBetweenTokens = 1;

    SqliteTransaction? _transaction;

    internal SqliteTransaction? Given => _transaction;

    /// <returns>False if the lock was not to be had in time.</returns>
    internal bool TryBegin(bool deferred, CancellationToken cancellationToken) => TryInTime(
        () => _transaction = connection.BeginTransaction(deferred), cancellationToken);

    /// <returns>False if the lock was not to be had in time.</returns>
    internal bool TryCommit(CancellationToken cancellationToken) => TryInTime(_transaction!.Commit, cancellationToken);

    internal void RollBack() => _transaction?.Dispose();

    bool TryInTime(Action act, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var patience = connection.DefaultTimeout;
        connection.DefaultTimeout = SecondsBetweenTokens;
        try
        {
            while (true)
            {
                try
                {
                    act();
                    return true;
                }
                catch (SqliteException busy) when (busy.Is(ResultCode.Busy))
                {
                    if (Stopwatch.GetElapsedTime(begun) >= options.BusyTimeout)
                        return false;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            connection.DefaultTimeout = patience;
        }
    }
}
