namespace Sluice.Loading;

/// <summary>Refuses options whose names are settled and whose work is not built, before anything is opened.</summary>
static class OptionCheck
{
    /// <exception cref="BulkPlanException">An option asks for what Sluice does not do yet.</exception>
    internal static void Run(BulkOptions options)
    {
        RefuseCommit(options.Commit);
        if (options.ChunkSize.IsAdaptive)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.ChunkSize), "adaptive", "Use ChunkSize.Fixed; 5,000 rows, the default, suit most loads.");
        if (options.Duplicates.IsMerge)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.Duplicates), "Merge", "Merge the rows before the call, or use Duplicates.KeepFirst or KeepLast.");
    }

    internal static void RefuseCommit(CommitPolicy commit)
    {
        if (commit.ChunksTogether > 1)
            throw LoadProblems.NotAvailable(nameof(BulkOptions.Commit), commit.ToString(), "Use CommitPolicy.PerChunk with chunks as large as what is to be committed together.");
    }
}
