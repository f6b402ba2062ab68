namespace Sluice.Providers;

/// <summary>What cannot be done in a transaction, or not any more.</summary>
static class TransactionProblems
{
    static readonly object s_ended = "the transaction has ended";

    internal static BulkPlanException Occupied() => new(
        "SLU0706",
        "A stream of the transaction reads its rows as the server sends them, and nothing else can use the connection before it has ended",
        "Read it with StreamMode.Cursor or Auto, to its end first, or outside the transaction.");

    internal static LoadFault UndoneTogether() => new(
        "SLU0707",
        "what was done here was undone, because another load of the same transaction failed meanwhile and the two could not be undone apart",
        "Await one load before the next one begins, or give each a transaction of its own.");

    internal static BulkPlanException LostTogether() => new(
        "SLU0718",
        "A load of the transaction failed, and what had been done beside it was undone with it: a load that had ended well, or a statement",
        "Do it again, or call CommitAsync once more to commit the rest.",
        Kept.NothingCommitted);

    internal static BulkPlanException CommitAmidLoad() => new(
        "SLU0708",
        "A load is under way in the transaction, and half of it would be committed",
        "Await it, or read the rows that it returns to their end, and commit then.",
        Kept.NothingCommitted);

    internal static BulkPlanException NotOfDriver() => new(
        "SLU0735",
        "The transaction is on a connection that the database's driver does not know, so there is no DbTransaction of it",
        "Begin it with TransactionOptions.SharesConnection.",
        Kept.NothingChanged);

    internal static InvalidOperationException EndedByDriver() => new(
        "The transaction was ended by its DbTransaction, and not by CommitAsync or RollbackAsync. What was committed so is kept.")
    { Data = { [s_ended] = true } };

    internal static BulkPlanException ScopeDoesNotFlow() => new(
        "SLU0157",
        "The call is in a TransactionScope that ends at the first await, so that the rest would be written outside of it",
        "Make it with TransactionScopeAsyncFlowOption.Enabled.");

    internal static InvalidOperationException ScopeComplete(InvalidOperationException inner) => new(
        "The TransactionScope was completed, and nothing more can be done in it. Dispose it before.", inner);

    internal static InvalidOperationException TransactionEnded() =>
        new("The transaction has ended. Begin another one.") { Data = { [s_ended] = true } };

    internal static bool IsTransactionEnded(Exception failure) => failure is InvalidOperationException && failure.Data.Contains(s_ended);
}
