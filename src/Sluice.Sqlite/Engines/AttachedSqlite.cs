using SQLitePCL;
using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Sessions;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Engines;

/// <summary>A connection that the caller opened, and perhaps began a transaction on.</summary>
sealed class AttachedSqlite(string target, sqlite3 db, bool isInTransaction) : AttachedDatabase(isInTransaction)
{
    static readonly SqliteEngineOptions s_options = new();
    readonly WriteLock _writing = new();
    readonly StandingStatements _standing = new(db: null);
    readonly bool _isInTransaction = isInTransaction;

    public override string Target => target;

    public override SqlDialect Dialect { get; } = SqliteDialect.OfLibrary;

    protected override bool Joins(BulkSession session) => AmbientSessions.Current is null ? false : throw NativeProblems.NotInScope(target);

    protected override Task<BulkSession> AttachAsync()
    {
        var worker = SqliteWorker.OfCaller(db, _standing, new NativeFailure(target, s_options.BusyTimeout, _writing));
        var transaction = new SessionTransaction(target, worker, s_options, _writing, _isInTransaction);
        return Task.FromResult<BulkSession>(new SqliteSession(target, worker, s_options, SqliteDialect.OfLibrary, transaction, static worker => worker.DisposeAsync()));
    }
}
