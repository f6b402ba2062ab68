using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>Has a session decide how a load's rows reach the table.</summary>
static class LoadPlanner
{
    /// <summary>The plan for rows of a table that was found.</summary>
    internal static BulkPlan Plan(BulkSession session, LoadRequest load, PlanRequest request) =>
        NeedsNoStatement(load) && !session.InsertsByStatement(request)
            ? session.PlanInsert(request)
            : session.PlanWrite(request, load.Operation.For(request));

    // Rows are inserted by the database's fastest way unless something is asked that only a statement does.
    static bool NeedsNoStatement(LoadRequest load) =>
        load is { Returns: false, Operation.OnlyInserts: true, Options.Target.Path: RowPath.Automatic };

    /// <summary>The plan for a few rows of a known table, which are written at once; null where they need another way.</summary>
    internal static BulkPlan? PlanAtOnce(BulkSession session, LoadRequest load, PlanRequest request) =>
        load.Operation.For(request) is { RemovesOthers: false } write ? session.PlanAtOnce(request, write) : null;

    /// <summary>The plan, once the database has told whether the index is there that it needs.</summary>
    internal static async ValueTask<BulkPlan> PlanAsync(BulkSession session, LoadRequest load, PlanRequest request,
        CancellationToken cancellationToken)
    {
        var plan = Plan(session, load, request);
        if (plan.Write?.Predicate is not null && !await session.HasConflictIndexAsync(plan, cancellationToken).ConfigureAwait(false))
            throw PlanProblems.NoUniqueKey(plan.Table,
                $"on ({string.Join(", ", plan.Key.Select(c => c.Name))}) whose predicate follows from the one that was given");
        return plan;
    }
}
