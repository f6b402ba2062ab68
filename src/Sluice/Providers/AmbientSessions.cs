using System.Diagnostics.CodeAnalysis;
using Sluice.Providers.Transactions;

namespace Sluice.Providers;

/// <summary>
/// An engine's part in the transactions of System.Transactions: one session in each, which all that runs there shares and takes turns on.
/// </summary>
/// <remarks>
/// The session ends with the last of its users and not with the transaction, so that the driver can lend the connection to whoever else
/// works there: two connections in one transaction would have to be committed in two phases.
/// </remarks>
/// <param name="open">Opens a session on a connection that takes part in the transaction.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed class AmbientSessions(Func<System.Transactions.Transaction, CancellationToken, Task<BulkSession>> open)
{
    readonly Lock _lock = new();
    readonly Dictionary<System.Transactions.Transaction, Part> _parts = [];

    /// <summary>The transaction that the caller is in, or null.</summary>
    /// <exception cref="InvalidOperationException">Its scope is complete, so that nothing more can be done in it.</exception>
    public static System.Transactions.Transaction? Current
    {
        get
        {
            try
            {
                return System.Transactions.Transaction.Current;
            }
            catch (InvalidOperationException complete)
            {
                throw TransactionProblems.ScopeComplete(complete);
            }
        }
    }

    /// <summary>A session in a transaction: what a load commits there is a savepoint's.</summary>
    /// <exception cref="BulkPlanException">The transaction's scope would be lost at the first await.</exception>
    /// <exception cref="BulkException">No connection could be had.</exception>
    public async Task<BulkSession> OpenAsync(System.Transactions.Transaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var part = await PartAsync(transaction).ConfigureAwait(false);
        await part.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (part.Session is null)
            {
                part.Session = await open(part.Transaction, cancellationToken).ConfigureAwait(false);
                part.Turns = new Turns("sluice_ambient", () => part.HasEnded);
            }
            part.Users++;
            return new NestedSession(part.Session, part.Turns!, () => LeaveAsync(part));
        }
        finally
        {
            part.Gate.Release();
        }
    }

    async Task<Part> PartAsync(System.Transactions.Transaction transaction)
    {
        lock (_lock)
        {
            if (_parts.TryGetValue(transaction, out var known))
                return known;
        }
        // Asked once: what runs after the first await would be outside the transaction, and nobody would notice.
        if (!await Task.Run(() => transaction.Equals(System.Transactions.Transaction.Current)).ConfigureAwait(false))
            throw TransactionProblems.ScopeDoesNotFlow();
        Part part;
        lock (_lock)
        {
            if (_parts.TryGetValue(transaction, out var known))
                return known;
            part = new Part(transaction.Clone());
            _parts.Add(part.Transaction, part);
        }
        part.Transaction.TransactionCompleted += (_, _) => Forget(part);
        return part;
    }

    void Forget(Part part)
    {
        lock (_lock)
            _parts.Remove(part.Transaction);
    }

    static async ValueTask LeaveAsync(Part part)
    {
        await part.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (--part.Users > 0)
                return;
            var session = part.Session!;
            part.Session = null;
            await session.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            part.Gate.Release();
        }
    }

    /// <summary>What one transaction has of the engine.</summary>
    sealed class Part(System.Transactions.Transaction transaction)
    {
        internal System.Transactions.Transaction Transaction => transaction;

        /// <summary>Opening and closing, one at a time.</summary>
        internal SemaphoreSlim Gate { get; } = new(1, 1);

        internal BulkSession? Session { get; set; }

        internal Turns? Turns { get; set; }

        internal int Users { get; set; }

        internal bool HasEnded => transaction.TransactionInformation.Status is not System.Transactions.TransactionStatus.Active;
    }
}
