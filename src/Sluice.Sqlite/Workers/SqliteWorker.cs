using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Workers;

/// <summary>An open database with the thread that all its calls run on.</summary>
sealed class SqliteWorker : IAsyncDisposable
{
    readonly WorkerThread _thread;
    readonly SqliteHandle _db;

    /// <summary>What the connection has read from the catalog.</summary>
    internal KnownCatalog Known { get; } = new();

    /// <summary>The most parameters that a statement may have, which any thread may ask.</summary>
    internal int VariableLimit => _db.VariableLimit;

    /// <summary>How long the rows of a chunk may take in the transaction that is open, where that is limited.</summary>
    internal TimeSpan? WriteLimit { get; set; }

    SqliteWorker(WorkerThread thread, SqliteHandle db)
    {
        _thread = thread;
        _db = db;
    }

    internal static async Task<SqliteWorker> OpenAsync(string path, SqliteEngineOptions options, NativeFailure failures)
    {
        var thread = new WorkerThread("Sluice " + Path.GetFileName(path));
        try
        {
            var db = await thread.RunAsync(static at => Open(at.path, at.options), (path, options)).ConfigureAwait(false);
            thread.Explain = failures.Explain;
            return new SqliteWorker(thread, db);
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    static SqliteHandle Open(string path, SqliteEngineOptions options)
    {
        var db = SqliteHandle.Open(path, options);
        try
        {
            // Reading the schema finds out at once whether the file is a database.
            db.Execute("PRAGMA schema_version");
            db.Execute("PRAGMA foreign_keys = ON");
            var mode = options.JournalMode ?? (db.IsNew ? SqliteJournalMode.Wal : null);
            if (mode is not null)
                db.TryExecute($"PRAGMA journal_mode = {mode.Value.ToString().ToUpperInvariant()}", options.BusyTimeout,
                    CancellationToken.None);
            if (options.Synchronous is { } synchronous)
                db.Execute($"PRAGMA synchronous = {synchronous.ToString().ToUpperInvariant()}");
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>A thread for a database that the caller opened.</summary>
    internal static SqliteWorker OfCaller(sqlite3 db, StandingStatements standing, NativeFailure failures)
    {
        SqliteHandle.Prepare(db);
        return new(new WorkerThread("Sluice attached") { Explain = failures.Explain }, SqliteHandle.OfCaller(db, standing));
    }

    /// <summary>Runs calls on the database's thread; the token interrupts a statement that is running.</summary>
    internal Task<TResult> RunAsync<TResult>(Func<SqliteHandle, TResult> calls, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? RunUntilAsync(calls, isBrief: false, cancellationToken) : _thread.RunAsync(calls, _db);

    /// <summary>The same for a load's rows.</summary>
    /// <param name="calls">What is run.</param>
    /// <param name="isPart">
    /// Whether it is a part of the caller's transaction, all of which SQLite rolls back when it interrupts a statement that writes: then
    /// the token is heeded before.
    /// </param>
    /// <param name="cancellationToken">Interrupts the statement.</param>
    internal Task<TResult> WriteAsync<TResult>(Func<SqliteHandle, TResult> calls, bool isPart, CancellationToken cancellationToken)
    {
        if (!isPart)
            return WriteLimit is { } limit ? RunWithinAsync(calls, limit, cancellationToken) : RunAsync(calls, cancellationToken);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<TResult>(cancellationToken)
            : RunAsync(calls, CancellationToken.None);
    }

    async Task<TResult> RunWithinAsync<TResult>(Func<SqliteHandle, TResult> calls, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        either.CancelAfter(limit);
        try
        {
            return await RunUntilAsync(calls, isBrief: false, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (!cancellationToken.IsCancellationRequested)
        {
            throw NativeProblems.Stopped(limit, stopped);
        }
    }

    /// <summary>The same for calls that take microseconds.</summary>
    internal Task<TResult> RunBrieflyAsync<TResult>(Func<SqliteHandle, TResult> calls, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? RunUntilAsync(calls, isBrief: true, cancellationToken)
            : _thread.RunAsync(calls, _db, isBrief: true);

    async Task<TResult> RunUntilAsync<TResult>(Func<SqliteHandle, TResult> calls, bool isBrief, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using var interruption = cancellationToken.UnsafeRegister(static db => ((SqliteHandle)db!).Interrupt(),
                _db).ConfigureAwait(false);
            return await _thread.RunAsync(calls, _db, isBrief).ConfigureAwait(false);
        }
        catch (SqliteException failure) when (NativeFailure.IsInterrupt(failure))
        {
            throw new OperationCanceledException("SQLite was interrupted by the token.", failure, cancellationToken);
        }
        finally
        {
            _db.Standing.Resume();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _thread.RunAsync(
            static db =>
            {
                db.Dispose();
                return true;
            },
            _db).ConfigureAwait(false);
        _thread.Dispose();
    }
}
