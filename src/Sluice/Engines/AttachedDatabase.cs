using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;
using Sluice.Providers.Transactions;

namespace Sluice;

/// <summary>A connection of the caller's with every verb; it is neither closed nor is the caller's transaction on it ended.</summary>
/// <remarks>
/// In a caller's transaction a load is a savepoint's: one that fails is undone, and the transaction can go on. What is asked for meanwhile
/// waits its turn, as in a <see cref="Transaction"/>; the caller's own commands and readers are not waited for. Without a transaction each
/// load has one of its own, and it is one thing at a time.
/// </remarks>
/// <param name="isInTransaction">Whether the caller has begun a transaction.</param>
[Experimental(ExperimentalFor.Providers)]
public abstract class AttachedDatabase(bool isInTransaction) : Database
{
    readonly Turns _turns = new("sluice_attached");

    /// <inheritdoc/>
    public sealed override async Task<BulkSession> OpenSessionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = await AttachAsync().ConfigureAwait(false);
        try
        {
            return isInTransaction || Joins(session) ? new NestedSession(session, _turns, session.DisposeAsync) : session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the connection takes part in a transaction that the caller is in though none was named.</summary>
    /// <exception cref="BulkPlanException">It cannot.</exception>
    protected virtual bool Joins(BulkSession session) => false;

    /// <summary>
    /// A session on the caller's connection; disposed, it leaves the connection open and the caller's transaction as it is.
    /// </summary>
    protected abstract Task<BulkSession> AttachAsync();

    /// <summary>Does nothing: what it is made of is the caller's.</summary>
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
