using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Planning;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Writing;

/// <summary>Runs one prepared statement for each row of a chunk, and counts what became of it.</summary>
sealed class RowStatementWriter<T>(
    SqliteWorker worker, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, SqliteDialect dialect, SqliteEngineOptions options, bool isPart) : ChunkWriter<T>
{
    SqliteBinder? _binder;
    SqliteBinder? _keys;
    FateCounter? _fates;
    Table? _sentKeys;
    long _sent;

    public override long Bytes => _binder?.Bytes ?? 0;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        await worker.WriteAsync(db => Write(db, chunk), isPart, cancellationToken).ConfigureAwait(false);
        _sent += chunk.Count;
    }

    bool Write(SqliteHandle db, RowChunk<T> chunk)
    {
        Open(db);
        _fates!.Begin();
        Write(_binder!, chunk);
        if (_keys is not null)
            Write(_keys, chunk);
        return true;
    }

    void Open(SqliteHandle db)
    {
        if (_binder is not null)
            return;
        _fates = new FateCounter(db, plan);
        _fates.Restart();
        _binder = new SqliteBinder(db, plan, shape.Fields.Count, plan.Rendered[0], dialect.Text)
        { Ran = _fates.Ran };
        if (!plan.Write!.RemovesOthers)
            return;
        _sentKeys = SentKeys.New(db, plan.Key);
        db.Execute($"CREATE TEMP TABLE {SqliteNames.Quote(_sentKeys.Name)} AS SELECT {string.Join(", ", plan.Key.Select(c => SqliteNames.Quote(c.Name)))} "
            + $"FROM {SqliteNames.Quote(plan.Table.Name, plan.Table.Schema)} WHERE false");
        var keys = SqlitePlanner.PlanRows(plan, _sentKeys, [.. plan.Columns.Where(c => plan.Key.Any(k => k.Name == c.Target.Name))],
            db.VariableLimit);
        _keys = new SqliteBinder(db, keys, shape.Fields.Count, ((SeveralRows)keys.Path).Single, rows: 1, _binder.Forms);
    }

    void Write(SqliteBinder binder, RowChunk<T> chunk)
    {
        binder.Restart();
        try
        {
            shape.Write(chunk.Rows, ref binder.Sink);
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, binder.Ended, binder.Field, locate);
        }
        catch (SqliteException failure) when (!failure.Is(ResultCode.Interrupt))
        {
            throw NativeProblems.Refused(failure, chunk.OrdinalOf(binder.Ended), locate(chunk.Rows[binder.Ended]));
        }
    }

    public override async ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        var sent = _sent;
        _sent = 0;
        return await worker.WriteAsync(db => Complete(db, sent, isPart ? CancellationToken.None : cancellationToken), isPart,
            cancellationToken).ConfigureAwait(false);
    }

    RowFates Complete(SqliteHandle db, long sent, CancellationToken cancellationToken)
    {
        Open(db);
        var fates = _fates!.Take(sent);
        if (!plan.Write!.RemovesOthers)
            return fates;
        if (plan.Key.Count > 0)
            db.Execute($"CREATE INDEX {SqliteNames.Quote(_sentKeys!.Name + "_key", "temp")} ON {SqliteNames.Quote(_sentKeys.Name)} ({string.Join(", ", plan.Key.Select(c => SqliteNames.Quote(c.Name)))})");
        var removed = StatementRun.Execute(db, SqlitePlanner.Removing(plan, _sentKeys!, dialect), options, dialect.Text, cancellationToken);
        return fates with { Removed = removed };
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await worker.RunAsync(Close, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoadFault)
        {
            // What ended the load is on its way to the caller, and the table ends with the connection.
        }
    }

    bool Close(SqliteHandle db)
    {
        _binder?.Dispose();
        _keys?.Dispose();
        if (_sentKeys is not null)
            db.Execute("DROP TABLE IF EXISTS " + SqliteNames.Quote(_sentKeys.Name, "temp"));
        return true;
    }
}
