using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;

namespace Sluice.Loading.Graphs;

/// <summary>Inserts a graph, parents before their children, in one transaction.</summary>
[RequiresUnreferencedCode(GraphType.Reason)]
[RequiresDynamicCode(GraphType.Reason)]
static class GraphLoad
{
    internal static async Task<BulkResult?> RunAsync(SessionSource database, Graph graph, BulkOptions options,
        CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var results = new List<BulkResult>();
        var numbered = new List<GraphNode>();
        var referring = new List<(GraphReference Reference, object Child, object?[] Before)>();
        try
        {
            await using var disposal = (await database.BeginWithinAsync(TransactionOptions.Default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var transaction);
            foreach (var batch in graph.Batches)
            {
                GraphNode[] rows = [.. batch];
                foreach (var row in rows)
                    TakeKeys(row, referring);
                if (batch.Key.Type.Numbered is not null)
                    numbered.AddRange(rows);
                results.Add(await batch.Key.Type.InsertAsync(transaction, rows, options, cancellationToken).ConfigureAwait(false));
            }
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // An object with a number counts as one that is stored, which these are not.
            foreach (var row in numbered)
                row.Type.Forget(row.Value);
            // The last one first, for a property may have been written for two of them.
            for (var i = referring.Count - 1; i >= 0; i--)
                referring[i].Reference.Restore(referring[i].Child, referring[i].Before);
            throw;
        }
        return results.Count == 0 ? null : BulkResult.Sum(results, Stopwatch.GetElapsedTime(begun));
    }

    static void TakeKeys(GraphNode row, List<(GraphReference Reference, object Child, object?[] Before)> referring)
    {
        foreach (var (parent, reference) in row.Parents)
            referring.Add((reference, row.Value, reference.Copy(row.Value, parent.Value)));
    }
}
