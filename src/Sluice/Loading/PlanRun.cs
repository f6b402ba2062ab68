using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Decides a load without running it.</summary>
sealed class PlanRun(LoadRequest request, CancellationToken cancellationToken) : IRowSourceVisitor<BulkPlan>
{
    public async Task<BulkPlan> Visit<T>(RowSource<T> source)
    {
        request.Check(source);
        await using var disposal = (await request.Sessions.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            return (await PreparedLoad<T>.FindAsync(request, session, source, creates: false, cancellationToken).ConfigureAwait(false)).Plan;
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault, reads: true);
        }
    }

    // Each run has a plan of its own; this is the first one's.
    public Task<BulkPlan> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => Visit(runs.First());
}
