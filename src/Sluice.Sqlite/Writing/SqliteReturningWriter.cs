using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;
using Sluice.Sqlite.Native;
using Sluice.Writing;

namespace Sluice.Sqlite.Writing;

/// <summary>Inserts row by row and reads what each insert returns.</summary>
sealed class SqliteReturningWriter<T, TValue>(SqliteWorker worker, BulkPlan plan, RowShape<T> shape, Column column, RowLocator<T> locate) : ReturningWriter<T, TValue>
{
    readonly List<TValue> _values = [];
    SqliteBinder? _binder;

    public override async ValueTask<IReadOnlyList<TValue>> WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await worker.RunAsync(db => Write(db, chunk), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException failure) when ((failure.SqliteErrorCode & 0xff) == 9)
        {
            throw new OperationCanceledException("The load was cancelled while SQLite was writing.", failure, cancellationToken);
        }
    }

    List<TValue> Write(SqliteHandle db, RowChunk<T> chunk)
    {
        _values.Clear();
        var binder = _binder ??= new SqliteBinder(db, plan, shape.Fields.Count, column) { Returned = statement => _values.Add(new SqliteStatementReader(statement).Get<TValue>(0)) };
        binder.Restart();
        try
        {
            shape.Write(chunk.Rows, ref binder.Sink);
            return [.. _values];
        }
        catch (ValueException refused)
        {
            throw LoadFault.From(refused, plan, shape, chunk, binder.Ended, binder.Field, locate);
        }
        catch (SqliteException failure) when ((failure.SqliteErrorCode & 0xff) != 9)
        {
            throw Throw.Refused(failure, chunk.OrdinalOf(binder.Ended), locate(chunk.Rows[binder.Ended]));
        }
    }

    public override async ValueTask DisposeAsync() =>
        await worker.RunAsync(
            _ =>
            {
                _binder?.Dispose();
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
}
