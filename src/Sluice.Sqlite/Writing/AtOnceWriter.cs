using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Planning;
using Sluice.Sqlite.Rendering;

namespace Sluice.Sqlite.Writing;

/// <summary>Writes few rows in a transaction of their own. A connection keeps the last one, for calls that come again and again.</summary>
sealed class AtOnceWriter<T> : IDisposable
{
    readonly SqliteHandle _db;
    readonly BulkPlan _plan;
    readonly SqliteBinder _binder;

    // Of a statement for each row, what became of it.
    readonly FateCounter? _fates;

    // Of an insert, several rows in one statement, where there are so many.
    readonly int _rowsPerStatement = 1;
    SqliteBinder? _several;
    readonly KeptStatement _begin;
    readonly KeptStatement _version;
    readonly KeptStatement _commit;
    long? _schema;

    AtOnceWriter(SqliteHandle db, BulkPlan plan, RowShape<T> shape, SqliteDialect dialect, SqliteBegin begin)
    {
        _db = db;
        _plan = plan;
        if (plan.Path is SeveralRows several)
        {
            _rowsPerStatement = several.Rows;
            _binder = new SqliteBinder(db, plan, shape.Fields.Count, several.Single, rows: 1);
        }
        else
        {
            _fates = new FateCounter(db, plan);
            _binder = new SqliteBinder(db, plan, shape.Fields.Count, plan.Rendered[0], dialect.Text)
            { Ran = _fates.Ran };
        }
        _begin = new KeptStatement(db, "BEGIN " + begin.ToString().ToUpperInvariant());
        _version = new KeptStatement(db, "PRAGMA main.schema_version");
        _commit = new KeptStatement(db, "COMMIT");
    }

    /// <summary>Writes rows, all on the connection's thread.</summary>
    /// <returns>
    /// What became of them, or null where they were refused, the table has changed, or another connection holds the lock; nothing was done
    /// then.
    /// </returns>
    internal static AtOnceOutcome? Write(SqliteHandle db, KnownCatalog known, BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk,
        SqliteDialect dialect, SqliteBegin begin)
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

    AtOnceOutcome? Write(KnownCatalog known, RowShape<T> shape, RowChunk<T> chunk)
    {
        // What is looked at is looked at within the transaction, so that the table cannot change between that and the rows.
        if (!_begin.TryRun() || !IsAsPlanned(known))
            return null;
        _binder.Forms.Refresh();
        var before = Bytes;
        var counted = _fates is null ? Insert(shape, chunk) : Run(_fates, shape, chunk);
        if (!_commit.TryRun())
            return null;
        if (_binder.Forms.IsUsed)
            _binder.Forms.Note();
        return new AtOnceOutcome(counted, Bytes - before);
    }

    long Bytes => _binder.Bytes + (_several?.Bytes ?? 0);

    RowFates Insert(RowShape<T> shape, RowChunk<T> chunk)
    {
        var before = _binder.Stored + (_several?.Stored ?? 0);
        var full = _rowsPerStatement == 1 ? 0 : chunk.Count / _rowsPerStatement * _rowsPerStatement;
        if (full > 0)
        {
            _several ??= new SqliteBinder(_db, _plan, shape.Fields.Count, _plan.Rendered[0].Text, _rowsPerStatement, _binder.Forms);
            _several.Restart();
            shape.Write(chunk.Rows[..full], ref _several.Sink);
        }
        _binder.Restart();
        shape.Write(chunk.Rows[full..], ref _binder.Sink);
        return new RowFates(_binder.Stored + (_several?.Stored ?? 0) - before);
    }

    RowFates Run(FateCounter fates, RowShape<T> shape, RowChunk<T> chunk)
    {
        fates.Restart();
        fates.Begin();
        _binder.Restart();
        shape.Write(chunk.Rows, ref _binder.Sink);
        return fates.Take(chunk.Count);
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
        _several?.Dispose();
        _binder.Dispose();
        _begin.Dispose();
        _commit.Dispose();
    }
}
