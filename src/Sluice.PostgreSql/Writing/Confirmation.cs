using Sluice.PostgreSql.Engines;
using Sluice.PostgreSql.Schema;
using Sluice.Providers;
using Sluice.PostgreSql.Faults;

namespace Sluice.PostgreSql.Writing;

/// <summary>Whether a table is still as a plan knows it.</summary>
static class Confirmation
{
    /// <exception cref="LoadFault">The table has changed since.</exception>
    internal static async Task RunAsync(PostgresSession session, Table table, CancellationToken cancellationToken)
    {
        if (table.Version is null)
            return;
        var name = PostgresNames.Quote(table.Name, table.Schema);
        if (TableVersion.IsOf(table, await session.TryAsync(() => session.ScalarAsync(TableVersion.Question, name, cancellationToken)).ConfigureAwait(false) as string))
            return;
        // What is new may mean nothing to the load, as a privilege does.
        if (await session.FindTableAsync(table.Name, table.Schema, cancellationToken).ConfigureAwait(false) is not { } found || !TableVersion.AreSame(found, table))
            throw SessionProblems.TableChanged(table);
    }
}
