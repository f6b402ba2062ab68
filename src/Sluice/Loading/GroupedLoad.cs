using System.Diagnostics;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>A load of loads: rows in groups that bring different columns, each group by a plan of its own.</summary>
sealed class GroupedLoad(LoadRequest request, CancellationToken cancellationToken)
{
    internal async Task<BulkResult> RunAsync(IEnumerable<RowSource<object?[]>> groups)
    {
        OptionCheck.Run(request.Options);
        if (!request.Operation.OnlyInserts && request.Options.Duplicates == Duplicates.KeepLast)
            throw LoadProblems.LastOfGroups();
        if (request.Operation is SyncOperation)
            throw LoadProblems.SyncOfGroups();
        var begun = Stopwatch.GetTimestamp();
        var isAtomic = request.Options.Commit == CommitPolicy.Atomic;
        var results = isAtomic
            ? await InOneTransactionAsync(groups).ConfigureAwait(false)
            : await RunAsync(request.Sessions, groups).ConfigureAwait(false);
        return BulkResult.Sum(results, Stopwatch.GetElapsedTime(begun)) with { Commits = isAtomic ? 1 : results.Sum(r => r.Commits) };
    }

    async Task<List<BulkResult>> InOneTransactionAsync(IEnumerable<RowSource<object?[]>> groups)
    {
        OptionCheck.RefuseLimit(request.Options);
        await using var disposal = (await request.Sessions.BeginWithinAsync(TransactionOptions.Default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var transaction);
        var results = await RunAsync(transaction, groups).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return results;
    }

    async Task<List<BulkResult>> RunAsync(SessionSource database, IEnumerable<RowSource<object?[]>> groups)
    {
        var results = new List<BulkResult>();
        // A key is remembered from one group to the next.
        var met = new KeyMemory();
        foreach (var group in groups)
        {
            var kept = request.Options.Commit != CommitPolicy.Atomic ? results.Sum(r => r.Loaded) : 0;
            var part = request with { Sessions = database, Met = met, Before = (results.Sum(r => r.Read), kept) };
            results.Add(await new LoadRun(part, cancellationToken).Visit(group).ConfigureAwait(false));
        }
        return results;
    }
}
