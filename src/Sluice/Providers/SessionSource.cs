using System.Diagnostics.CodeAnalysis;
using Sluice.Planning;
using Sluice.Providers.Transactions;
using Sluice.Rendering;

namespace Sluice.Providers;

/// <summary>What verbs run on: an engine, a transaction, or the caller's connection. It lends sessions.</summary>
[Experimental(ExperimentalFor.Providers)]
public abstract class SessionSource : IAsyncDisposable
{
    private protected SessionSource()
    {
    }

    /// <summary>Where the connections lead, without secrets, for messages.</summary>
    public abstract string Target { get; }

    /// <summary>How the database writes statements, as far as it is known before a session is opened.</summary>
    /// <remarks>What is sent is written by <see cref="BulkSession.Dialect"/>, which knows the server.</remarks>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Whether what is done is kept only when the caller's transaction is committed.</summary>
    internal virtual bool IsTransaction => false;

    internal KnownTables Known { get; } = new();

    /// <summary>How many connections can write side by side.</summary>
    /// <value>1, unless a database says otherwise.</value>
    public virtual int MostWriters => 1;

    /// <summary>Lends a connection for one load or one statement.</summary>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public abstract Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default);

    /// <summary>Lends a connection for a transaction.</summary>
    /// <exception cref="BulkException">No connection could be had.</exception>
    protected virtual Task<BulkSession> OpenSessionAsync(TransactionOptions options, CancellationToken cancellationToken) =>
        OpenSessionAsync(cancellationToken);

    /// <summary>Begins a transaction, which within one of the caller's is a savepoint.</summary>
    internal async Task<OpenTransaction> BeginWithinAsync(TransactionOptions options, CancellationToken cancellationToken)
    {
        var session = await OpenSessionAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            await session.BeginAsync(options, cancellationToken).ConfigureAwait(false);
            return new OpenTransaction(this, session);
        }
        catch (Exception failure)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            if (failure is LoadFault fault)
                throw StatementFault.Explain(fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
