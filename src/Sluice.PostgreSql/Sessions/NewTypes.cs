using Sluice.PostgreSql.Engines;
using Sluice.PostgreSql.Faults;
using Sluice.Providers;
using Sluice.PostgreSql.Statements;

namespace Sluice.PostgreSql.Sessions;

/// <summary>Statements whose results have types that were made after the driver asked the server for its types.</summary>
static class NewTypes
{
    /// <summary>Runs a statement, and where its result has such a type once more with the types loaded again, if that does nothing twice.</summary>
    /// <exception cref="LoadFault">It may have written, and was not run again.</exception>
    internal static async Task<TResult> RunAsync<TResult>(PostgresSession session, Func<Task<TResult>> run, bool onlyReads, CancellationToken cancellationToken)
        where TResult : class
    {
        var isWithin = session.HasTransaction;
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (UnknownType unknown)
        {
            var isUndone = !isWithin && session.HasTransaction;
            if (isUndone)
                await session.RollBackAsync().ConfigureAwait(false);
            await session.LoadTypesAsync(cancellationToken).ConfigureAwait(false);
            if (isUndone || onlyReads)
                return await run().ConfigureAwait(false);
            return await ReadAgainAsync(session, run, cancellationToken).ConfigureAwait(false) ?? throw ResultProblems.NewType(unknown.Column);
        }
    }

    // A text that may have written is run again only where the server sees to it that it writes nothing.
    static async Task<TResult?> ReadAgainAsync<TResult>(PostgresSession session, Func<Task<TResult>> run, CancellationToken cancellationToken)
        where TResult : class
    {
        if (session.InTransaction)
            return null;
        try
        {
            await session.BeginAsync(new TransactionOptions { ReadOnly = true }, cancellationToken).ConfigureAwait(false);
            var result = await run().ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (LoadFault)
        {
            // It writes, or fails now that what it wrote is there.
            await session.RollBackAsync().ConfigureAwait(false);
            return null;
        }
    }
}
