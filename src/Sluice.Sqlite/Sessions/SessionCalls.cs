using Microsoft.Data.Sqlite;
using Sluice.Providers;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Sessions;

/// <summary>Runs a session's statements within their time, and tells what their failures mean.</summary>
/// <param name="target">The file, for messages.</param>
/// <param name="worker">The connection.</param>
/// <param name="transaction">The transaction that the statements may be a part of.</param>
sealed class SessionCalls(string target, SqliteWorker worker, SessionTransaction transaction)
{
    internal SqliteWorker Worker => worker;

    internal async Task<TResult> RunAsync<TResult>(Func<SqliteHandle, TResult> run, CancellationToken cancellationToken,
        bool commitsByItself = false)
    {
        var time = transaction.StatementTimeout;
        using var limit = time is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit?.CancelAfter(time!.Value);
        try
        {
            return await worker.RunAsync(transaction.IsOpen ? Within(run) : run, limit?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException || (failure is SqliteException native && native.Is(ResultCode.Interrupt)))
        {
            // Both stop a statement in the same way; what tells them apart is whether the caller asked for it.
            if (cancellationToken.IsCancellationRequested || limit is not { IsCancellationRequested: true })
                throw new OperationCanceledException("The statement was cancelled.", failure, cancellationToken);
            throw NativeProblems.Stopped(time!.Value, failure);
        }
        catch (LoadFault fault) when (commitsByItself && NativeFailure.IsDisk(fault))
        {
            throw NativeProblems.CommitUnknown(target, fault);
        }
        catch (Exception failure) when (NativeFailure.IsForeign(failure))
        {
            // The statement was carried out, where it was its answer that could not be read.
            throw NativeProblems.NotCarried(failure, commitsByItself);
        }
    }

    // Without its transaction each statement would be kept at once.
    static Func<SqliteHandle, TResult> Within<TResult>(Func<SqliteHandle, TResult> run) =>
        db => db.InTransaction ? run(db) : throw NativeProblems.TransactionGone();
}
