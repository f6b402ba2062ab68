using Sluice.Planning;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;

namespace Sluice.PostgreSql.Writing;

/// <summary>What a load asks the server before it writes to a table that several servers keep. See <see cref="Spread"/>.</summary>
static class SpreadRun
{
    /// <summary>The plan in the open transaction, whose time is known.</summary>
    internal static async ValueTask<BulkPlan> InTimeAsync(ServerSession session, BulkPlan plan, CancellationToken cancellationToken) =>
        Spread.SendsTime(plan)
            ? plan with { Write = plan.Write! with { Statement = plan.Write.Statement.ChangedAt(await session.Transaction.TimeAsync(cancellationToken).ConfigureAwait(false)) } }
            : plan;

    /// <summary>Asks the server to plan a load's statements, before it gets any row.</summary>
    /// <exception cref="BulkPlanException">It does not plan one of them.</exception>
    internal static async Task CheckAsync(ServerSession session, BulkPlan plan, SqlFrom source, CancellationToken cancellationToken)
    {
        if (!Spread.Is(plan.Table))
            return;
        var write = (await InTimeAsync(session, plan, cancellationToken).ConfigureAwait(false)).Write!;
        await PlanAsync(write.Statement.Over(source, [])).ConfigureAwait(false);
        if (write.RemovesOthers)
            await PlanAsync(SetStatements.Removing(plan, source)).ConfigureAwait(false);

        async Task PlanAsync(SqlStatement statement)
        {
            var rendered = session.Dialect.Render(statement);
            try
            {
                await session.ExecuteAsync(rendered with { Text = "EXPLAIN " + rendered.Text }, cancellationToken).ConfigureAwait(false);
            }
            catch (LoadFault refused) when (refused.SqlState is "0A000" or "XX000")
            {
                throw WayProblems.NotOnSpread(plan, refused);
            }
        }
    }
}
