using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Workers;
using Sluice.Sqlite.Writing.Forms;

namespace Sluice.Sqlite.Writing;

/// <summary>Binds rows as the writer of a plan does, to a statement that only reads what it is given.</summary>
sealed class SqliteCheck<T>(SqliteWorker worker, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) : RowCheck<T>
{
    SqliteBinder? _binder;

    public override async ValueTask<RowRefusal?> FindAsync(RowChunk<T> chunk, CancellationToken cancellationToken) =>
        await worker.RunAsync(db => Find(db, chunk), cancellationToken).ConfigureAwait(false);

    RowRefusal? Find(SqliteHandle db, RowChunk<T> chunk)
    {
        var binder = _binder ??= Open(db);
        binder.Restart();
        try
        {
            shape.Write(chunk.Rows, ref binder.Sink);
            return null;
        }
        catch (ValueException refused)
        {
            return new RowRefusal(binder.Ended, LoadFault.From(refused, plan, shape, chunk, binder.Ended, binder.Field, locate));
        }
    }

    // A table that is not there yet holds nothing whose form values would follow.
    SqliteBinder Open(SqliteHandle db)
    {
        var text = "SELECT " + (plan.Columns.Count == 0 ? "1" : string.Join(", ", plan.Columns.Select((_, i) => $"?{i + 1}")));
        var isThere = SqliteCatalog.Exists(db, plan.Table.Name, plan.Table.Schema);
        return new SqliteBinder(db, plan, shape.Fields.Count, text, rows: 1,
            new StoredForms(db, plan, shape.Fields.Count) { IsNew = !isThere });
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
