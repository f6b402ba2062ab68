using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Decides a load without running it.</summary>
sealed class PlanRun(SessionSource engine, Table target, Operation operation, BulkOptions options,
    CancellationToken cancellationToken) : IRowSourceVisitor<BulkPlan>
{
    /// <summary>Whether rows may be inserted without a statement, by the database's fastest way.</summary>
    internal static bool NeedsNoStatement(Operation operation, BulkOptions options) =>
        operation.OnlyInserts && options.Path is RowPath.Automatic;

    internal static BulkPlan Plan(BulkSession session, PlanRequest request, Operation operation) =>
        NeedsNoStatement(operation, request.Options) && !session.InsertsByStatement(request)
            ? session.PlanInsert(request)
            : session.PlanWrite(request, operation.For(request));

    /// <summary>Decides how a few rows of a known table are written at once; null where they need another way.</summary>
    internal static BulkPlan? PlanAtOnce(BulkSession session, PlanRequest request, Operation operation) =>
        operation.For(request) is { RemoveOthers: null } write ? session.PlanAtOnce(request, write) : null;

    internal static ValueTask<BulkPlan> PlanAsync(BulkSession session, PlanRequest request, Operation operation,
        CancellationToken cancellationToken) =>
        CheckedAsync(session, Plan(session, request, operation), cancellationToken);

    /// <summary>Plans rows of which values are to be returned, which only a statement does.</summary>
    internal static ValueTask<BulkPlan> PlanReturningAsync(BulkSession session, PlanRequest request, Operation operation,
        CancellationToken cancellationToken) =>
        CheckedAsync(session, session.PlanWrite(request, operation.For(request)), cancellationToken);

    static async ValueTask<BulkPlan> CheckedAsync(BulkSession session, BulkPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Write?.Predicate is not null && !await session.HasConflictIndexAsync(plan, cancellationToken).ConfigureAwait(false))
            throw PlanProblems.NoUniqueKey(plan.Table,
                $"on ({string.Join(", ", plan.Key.Select(c => c.Name))}) whose predicate follows from the one that was given");
        return plan;
    }

    public async Task<BulkPlan> Visit<T>(RowSource<T> source)
    {
        OptionCheck.Run(options);
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false,
            out var session);
        try
        {
            var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
            return await PlanAsync(session, new PlanRequest(source.Name, source.Bind(table).Fields, table, options), operation,
                cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault, reads: true);
        }
    }

    // Each run has a plan of its own; this is the first one's.
    public Task<BulkPlan> VisitRuns(IEnumerable<RowSource<object?[]>> runs) => Visit(runs.First());
}
