using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Statements;
using Sluice.Providers;

namespace Sluice.PostgreSql.Sessions;

/// <summary>Types that were made after the driver asked the server for its types, and statements whose results have them.</summary>
static class NewTypes
{
    /// <summary>
    /// Lets the driver ask the server for its types where it may have done so before a table was as it is: it writes by what it knows of
    /// them.
    /// </summary>
    internal static async Task KnowAsync(ServerSession session, Table table, CancellationToken cancellationToken)
    {
        if (table.Version is { } version && session.Lease.Backend.IsNewType($"{table.QualifiedName} {version}"))
            await LoadAsync(session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lets the driver ask the server for its types once more. What it knew of prepared statements' parameters and results is gone with it.
    /// </summary>
    internal static Task LoadAsync(ServerSession session, CancellationToken cancellationToken) => session.Driver.RunAsync(async () =>
    {
        var (connection, backend) = (session.Lease.Connection, session.Lease.Backend);
        backend.Forget(connection);
        await connection.ReloadTypesAsync(cancellationToken).ConfigureAwait(false);
        backend.LoadedTypes();
        return true;
    });

    /// <summary>
    /// Runs a statement, and where its result has such a type once more with the types loaded again, if that does nothing twice.
    /// </summary>
    /// <exception cref="LoadFault">It may have written, and was not run again.</exception>
    internal static async Task<TResult> RunAsync<TResult>(ServerSession session, Func<Task<TResult>> run, bool onlyReads,
        CancellationToken cancellationToken)
        where TResult : class
    {
        var isWithin = session.Transaction.IsBegun;
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (UnknownType unknown)
        {
            var isUndone = !isWithin && session.Transaction.IsBegun;
            if (isUndone)
                await session.Transaction.RollBackAsync().ConfigureAwait(false);
            await LoadAsync(session, cancellationToken).ConfigureAwait(false);
            if (isUndone || onlyReads)
                return await run().ConfigureAwait(false);
            return await ReadAgainAsync(session, run, cancellationToken).ConfigureAwait(false)
                ?? throw ResultProblems.NewType(unknown.Column);
        }
    }

    // A text that may have written is run again only where the server sees to it that it writes nothing.
    static async Task<TResult?> ReadAgainAsync<TResult>(ServerSession session, Func<Task<TResult>> run, CancellationToken cancellationToken)
        where TResult : class
    {
        if (session.Transaction.IsOpen)
            return null;
        try
        {
            await session.Transaction.BeginAsync(new TransactionOptions { ReadOnly = true }, cancellationToken).ConfigureAwait(false);
            var result = await run().ConfigureAwait(false);
            await session.Transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (LoadFault)
        {
            // It writes, or fails now that what it wrote is there.
            await session.Transaction.RollBackAsync().ConfigureAwait(false);
            return null;
        }
    }
}
