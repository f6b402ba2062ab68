using Sluice.Planning;
using Sluice.Rows;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>Decides a load without running it.</summary>
sealed class RowsPlanning(Database engine, Table target, IWriteIntent? intent, BulkOptions options, CancellationToken cancellationToken) : IRowSourceVisitor<BulkPlan>
{
    internal static BulkPlan Plan(BulkSession session, PlanRequest request, IWriteIntent? intent) =>
        intent is null && !session.InsertsByStatement(request)
            ? session.PlanInsert(request)
            : session.PlanWrite(request, (intent ?? new InsertIntent()).For(request));

    internal static async ValueTask<BulkPlan> PlanAsync(BulkSession session, PlanRequest request, IWriteIntent? intent, CancellationToken cancellationToken)
    {
        var plan = Plan(session, request, intent);
        if (plan.Write?.Predicate is not null && !await session.HasConflictIndexAsync(plan, cancellationToken).ConfigureAwait(false))
            throw Throw.NoUniqueKey(plan.Table, $"on ({string.Join(", ", plan.Key.Select(c => c.Name))}) whose predicate follows from the one that was given");
        return plan;
    }

    public async Task<BulkPlan> Visit<T>(RowSource<T> source)
    {
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        try
        {
            var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
            return await PlanAsync(session, new PlanRequest(source.Name, source.Bind(table).Fields, table, options), intent, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault, reads: true);
        }
    }

    // Each run has a plan of its own; this is the first one's.
    public Task<BulkPlan> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => Visit(runs.First());
}
