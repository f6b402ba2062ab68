using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Planning;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Writing;

/// <summary>Writes chunks through two prepared statements: one of several rows, and one of a single row for what is left over.</summary>
sealed class SqliteWriter<T>(SqliteWorker worker, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, bool isPart) : ChunkWriter<T>
{
    readonly SeveralRows _path = (SeveralRows)plan.Path;
    SqliteBinder? _several;
    SqliteBinder? _single;
    long _completed;

    public override long Bytes => (_several?.Bytes ?? 0) + (_single?.Bytes ?? 0);

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        await worker.WriteAsync(db => Write(db, chunk), isPart, cancellationToken).ConfigureAwait(false);

    internal bool Write(SqliteHandle db, RowChunk<T> chunk)
    {
        _single ??= new SqliteBinder(db, plan, shape.Fields.Count, _path.Single, 1);
        var full = _path.Rows == 1 ? 0 : chunk.Count / _path.Rows * _path.Rows;
        if (full > 0)
        {
            _several ??= new SqliteBinder(db, plan, shape.Fields.Count, plan.Rendered[0].Text, _path.Rows, _single.Forms);
            WriteSeveral(db, _several, _single, chunk, full);
        }
        WriteSingly(_single, chunk, full, chunk.Count);
        return true;
    }

    // A statement of several rows that is refused leaves none of them, and does not say which was at fault: they are run again one by one.
    void WriteSeveral(SqliteHandle db, SqliteBinder several, SqliteBinder single, RowChunk<T> chunk, int full)
    {
        several.Restart();
        try
        {
            shape.Write(chunk.Rows[..full], ref several.Sink);
        }
        catch (ValueException refused)
        {
            throw Fault(refused, chunk, several.Ended, several.Field);
        }
        catch (SqliteException failure) when (failure.Code() is ResultCode.TooBig or ResultCode.Constraint or ResultCode.Mismatch)
        {
            FindRefused(db, single, chunk, several.Ended / _path.Rows * _path.Rows);
            throw NativeProblems.Refused(failure, rowOrdinal: null, location: null);
        }
        catch (SqliteException failure) when (!failure.Is(ResultCode.Interrupt))
        {
            throw NativeProblems.Refused(failure, rowOrdinal: null, location: null);
        }
    }

    // A trigger or a constraint may have rolled back the whole transaction, outside of which these rows would be kept.
    void FindRefused(SqliteHandle db, SqliteBinder single, RowChunk<T> chunk, int first)
    {
        var isOutside = !db.InTransaction;
        if (isOutside)
            db.Execute("BEGIN");
        try
        {
            WriteSingly(single, chunk, first, first + _path.Rows);
        }
        finally
        {
            if (isOutside && db.InTransaction)
                db.Execute("ROLLBACK");
        }
    }

    void WriteSingly(SqliteBinder single, RowChunk<T> chunk, int first, int end)
    {
        single.Restart();
        try
        {
            shape.Write(chunk.Rows[first..end], ref single.Sink);
        }
        catch (ValueException refused)
        {
            throw Fault(refused, chunk, first + single.Ended, single.Field);
        }
        catch (SqliteException failure) when (!failure.Is(ResultCode.Interrupt))
        {
            var index = first + single.Ended;
            throw NativeProblems.Refused(failure, chunk.OrdinalOf(index), locate(chunk.Rows[index]));
        }
    }

    LoadFault Fault(ValueException refused, RowChunk<T> chunk, int index, int field) =>
        LoadFault.From(refused, plan, shape, chunk, index, field, locate);

    public override ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        var stored = (_several?.Stored ?? 0) + (_single?.Stored ?? 0);
        var sinceLast = stored - _completed;
        _completed = stored;
        return new(new RowFates(sinceLast));
    }

    public override async ValueTask DisposeAsync() =>
        await worker.RunAsync(
            _ =>
            {
                _several?.Dispose();
                _single?.Dispose();
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
}
