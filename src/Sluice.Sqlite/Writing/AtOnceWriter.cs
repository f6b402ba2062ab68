using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Rendering;
using Sluice.Providers;

namespace Sluice.Sqlite.Writing;

/// <summary>Writes few rows in a transaction of their own. A connection keeps the last one, for calls that come again and again.</summary>
sealed class AtOnceWriter<T> : IDisposable
{
    readonly SqliteHandle _db;
    readonly BulkPlan _plan;
    readonly FateCounter _fates;
    readonly SqliteBinder _binder;
    readonly KeptStatement _begin;
    readonly KeptStatement _version;
    readonly KeptStatement _commit;
    long? _schema;

    AtOnceWriter(SqliteHandle db, BulkPlan plan, RowShape<T> shape, SqliteDialect dialect, SqliteBegin begin)
    {
        _db = db;
        _plan = plan;
        _fates = new FateCounter(db, plan);
        _binder = new SqliteBinder(db, plan, shape.Fields.Count, dialect.Render(plan.Write!.Statement.ForOneRow), dialect.Text) { Ran = _fates.Ran };
        _begin = new KeptStatement(db, "BEGIN " + begin.ToString().ToUpperInvariant());
        _version = new KeptStatement(db, "PRAGMA main.schema_version");
        _commit = new KeptStatement(db, "COMMIT");
    }

    /// <summary>Writes rows, all on the connection's thread.</summary>
    /// <returns>What became of them, or null where they were refused, the table has changed, or another connection holds the lock; nothing was done then.</returns>
    internal static RowFates? Write(SqliteHandle db, KnownCatalog known, BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk, SqliteDialect dialect, SqliteBegin begin)
    {
        // A transaction that the caller began is not for this to end.
        if (db.InTransaction)
            return null;
        try
        {
            if (db.Kept is not AtOnceWriter<T> kept || !ReferenceEquals(kept._plan, plan))
            {
                db.Kept?.Dispose();
                db.Kept = null;
                db.Kept = kept = new AtOnceWriter<T>(db, plan, shape, dialect, begin);
            }
            return kept.Write(known, shape, chunk);
        }
        catch (Exception refused) when (refused is SqliteException or ValueException)
        {
            // The long way finds out which row it was.
            return null;
        }
        finally
        {
            if (db.InTransaction)
                db.Execute("ROLLBACK");
        }
    }

    RowFates? Write(KnownCatalog known, RowShape<T> shape, RowChunk<T> chunk)
    {
        // What is looked at is looked at within the transaction, so that the table cannot change between that and the rows.
        if (!_begin.TryRun() || !IsAsPlanned(known))
            return null;
        _fates.Restart();
        _fates.Begin();
        _binder.Restart();
        _binder.Forms.Refresh();
        shape.Write(chunk.Rows, ref _binder.Sink);
        var counted = _fates.Take(chunk.Count);
        if (!_commit.TryRun())
            return null;
        if (_binder.Forms.IsUsed)
            _binder.Forms.Note();
        return counted;
    }

    // The catalog says the same as when the plan was made; after that its version tells, but not of what is temporary.
    bool IsAsPlanned(KnownCatalog known)
    {
        if (_db.HasTemporary)
            return false;
        if (_schema is null && ReferenceEquals(known.Find(_db, _plan.Table.Name, _plan.Table.Schema), _plan.Table))
            _schema = _version.Number();
        return _schema is { } planned && planned == _version.Number();
    }

    public void Dispose()
    {
        _version.Dispose();
        _binder.Dispose();
        _begin.Dispose();
        _commit.Dispose();
    }
}
