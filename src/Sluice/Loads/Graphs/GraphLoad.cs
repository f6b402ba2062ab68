using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Loads.Graphs;

/// <summary>Inserts a graph, parents before their children, in one transaction.</summary>
[RequiresUnreferencedCode(GraphType.Reason)]
[RequiresDynamicCode(GraphType.Reason)]
static class GraphLoad
{
    internal static async Task<BulkResult?> RunAsync(Database database, Graph graph, BulkOptions options, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var results = new List<BulkResult>();
        var numbered = new List<GraphNode>();
        try
        {
            await using var disposal = (await database.BeginWithinAsync(TransactionOptions.Default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var transaction);
            foreach (var batch in graph.Batches)
            {
                GraphNode[] rows = [.. batch];
                foreach (var row in rows)
                    TakeKeys(row);
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
            throw;
        }
        return results.Count == 0 ? null : BulkResult.Sum(results, Stopwatch.GetElapsedTime(begun));
    }

    static void TakeKeys(GraphNode row)
    {
        foreach (var (parent, reference) in row.Parents)
            reference.Copy(row.Value, parent.Value);
    }
}
