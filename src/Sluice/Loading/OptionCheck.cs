using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>Refuses options whose names are settled and whose work is not built, before anything is opened.</summary>
static class OptionCheck
{
    /// <exception cref="BulkPlanException">An option asks for what Sluice does not do yet.</exception>
    internal static void Run(BulkOptions options)
    {
        RefuseCommit(options.Commit);
        if (options.ChunkSize.IsAdaptive)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.ChunkSize), "adaptive",
                "Use ChunkSize.Fixed; 5,000 rows, the default, suit most loads.");
        if (options.Durability is CommitDurability.AtEnd)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.Durability), "AtEnd",
                "Use CommitDurability.EachCommit, and fewer commits by larger chunks.");
        if (options.Duplicates.IsMerge)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.Duplicates), "Merge",
                "Merge the rows before the call, or use Duplicates.KeepFirst or KeepLast.");
        if (options.Limits.NoProgress is not null)
            throw LoadProblems.NotAvailable("Limits.NoProgress", "a time",
                "Cancel the load by its token when Progress has told nothing for that long.");
        if (options.Faults != FaultOptions.Default)
            RefuseFaults(options.Faults);
    }

    /// <exception cref="BulkPlanException">The load is a part of the caller's transaction, which has its own limits.</exception>
    internal static void Run(BulkOptions options, BulkSession session)
    {
        if (session.IsNested)
            RefuseLimit(options);
    }

    /// <exception cref="BulkPlanException">A load that is a part of a transaction has a limit of its own.</exception>
    internal static void RefuseLimit(BulkOptions options)
    {
        if (options.Limits.StatementTimeout is not null)
            throw TransactionProblems.LimitInTransaction();
    }

    static void RefuseFaults(FaultOptions faults)
    {
        if (faults.Validation is Validation.Full)
            throw LoadProblems.NotAvailable("Faults.Validation", "Full",
                "Use Validation.AsEncoded: a row that the database refuses is named all the same.");
        if (faults.Rejects is not null)
            throw LoadProblems.NotAvailable("Faults.Rejects", "a sink",
                "Leave it out: the first refused row ends the load, and its number says where to look.");
        if (faults.Retry is not null)
            throw LoadProblems.NotAvailable("Faults.Retry", "retries", "Run the load again where the failure's IsTransient is true.");
        if (faults.Checkpoint is { } checkpoint)
            throw LoadProblems.NotAvailable("Faults.Checkpoint", checkpoint.Name,
                "Use CommitPolicy.Atomic and run the load again, or upsert, which may be run again.");
    }

    internal static void RefuseCommit(CommitPolicy commit)
    {
        if (commit.ChunksTogether > 1)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.Commit), commit.ToString(),
                "Use CommitPolicy.PerChunk with chunks as large as what is to be committed together.");
    }
}
