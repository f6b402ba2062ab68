using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Schema;
using Sluice.Providers;

namespace Sluice.PostgreSql.Sessions;

/// <summary>What a session asks and changes of the catalog.</summary>
static class CatalogAccess
{
    internal static Task<Table?> FindAsync(ServerSession session, string name, string? schema, CancellationToken cancellationToken) =>
        session.Driver.RunAsync(async () =>
    {
        var table = await PostgresCatalog.FindAsync(session.Lease, name, schema, cancellationToken).ConfigureAwait(false);
        return session.Lease.Backend.IsUnusable ? throw SessionProblems.NothingSent(SessionProblems.AllPrepared(session.Target)) : table;
    });

    internal static Task<IReadOnlyList<string>> ListAsync(ServerSession session, CancellationToken cancellationToken) =>
        session.Driver.RunAsync(() => PostgresCatalog.ListAsync(session.Lease.Connection, cancellationToken));

    /// <summary>Creates a table where there is none of its name.</summary>
    internal static async Task CreateAsync(ServerSession session, Table table, CancellationToken cancellationToken)
    {
        PostgresNewTable.Check(table);
        var statements = new PostgresTableText().Create(table);
        try
        {
            var isOurs = !session.Transaction.IsOpen;
            if (isOurs)
                await session.Transaction.BeginAsync(new TransactionOptions(), cancellationToken).ConfigureAwait(false);
            // Two sessions that create one table at a time can both miss it and collide in the catalog: the lock lets one go first.
            await session.ScalarAsync("SELECT pg_advisory_xact_lock(hashtextextended('sluice create ' || $1, 0))", table.QualifiedName,
                cancellationToken).ConfigureAwait(false);
            var name = PostgresNames.Quote(table.Name, table.Schema);
            if (await session.ScalarAsync("SELECT to_regclass($1) IS NULL", name, cancellationToken).ConfigureAwait(false) is true)
            {
                foreach (var sql in statements)
                    await session.ScalarAsync(sql, null, cancellationToken).ConfigureAwait(false);
            }
            if (isOurs)
                await session.Transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault) when (fault.InnerException is PostgresException failure)
        {
            throw SessionProblems.NotCreated(table, failure);
        }
    }

    /// <summary>Makes sure, before what was written is kept, that it was written to the table as the plan knows it.</summary>
    /// <exception cref="LoadFault">The table has changed since.</exception>
    internal static async Task ConfirmAsync(ServerSession session, Table table, CancellationToken cancellationToken)
    {
        if (table.Version is null)
            return;
        var name = PostgresNames.Quote(table.Name, table.Schema);
        if (TableVersion.IsOf(table, await session.TryAsync(() => session.ScalarAsync(TableVersion.Question, name, cancellationToken)).ConfigureAwait(false) as string))
            return;
        // What is new may mean nothing to the load, as a privilege does.
        if (await FindAsync(session, table.Name, table.Schema, cancellationToken).ConfigureAwait(false) is not { } found || !TableVersion.AreSame(found, table))
            throw SessionProblems.TableChanged(table);
    }
}
