using Microsoft.Data.Sqlite;
using Sluice.Providers;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Workers;

namespace Sluice.Sqlite.Sessions;

/// <summary>Creates a table with its indexes, all or none.</summary>
static class TableCreation
{
    /// <returns>False where another connection holds a lock that it needs.</returns>
    internal static async Task<bool> TryRunAsync(SqliteWorker worker, Table table, IReadOnlyList<string> statements, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        try
        {
            return await worker.RunAsync(db => TryRun(db, table, statements, patience, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (fault.InnerException is SqliteException failure && NativeProblems.IsPlainRefusal(failure))
        {
            throw NativeProblems.NotCreated(table, failure);
        }
    }

    // A table that is there already is left as it is, indexes and all.
    static bool TryRun(SqliteHandle db, Table table, IReadOnlyList<string> statements, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (SqliteCatalog.Exists(db, table.Name, table.Schema))
            return true;
        if (statements.Count == 1)
            return db.TryExecute(statements[0], patience, cancellationToken);
        db.Execute("SAVEPOINT sluice_create");
        var created = false;
        try
        {
            created = statements.All(sql => db.TryExecute(sql, patience, cancellationToken));
        }
        finally
        {
            if (!created)
                db.Execute("ROLLBACK TO sluice_create");
            db.Execute("RELEASE sluice_create");
        }
        return created;
    }
}
