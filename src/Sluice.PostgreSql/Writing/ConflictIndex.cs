using Sluice.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;

namespace Sluice.PostgreSql.Writing;

/// <summary>Whether a unique index serves a conflict target with a predicate, which only the server's planner tells.</summary>
static class ConflictIndex
{
    internal static async Task<bool> ExistsAsync(ServerSession session, BulkPlan plan, CancellationToken cancellationToken)
    {
        var isWithin = session.Transaction.IsOpen;
        if (isWithin)
            await session.ScalarAsync("SAVEPOINT sluice_target", null, cancellationToken).ConfigureAwait(false);
        try
        {
            var explain = session.Dialect.Render(plan.Write!.Statement.OverNothing(plan.Table));
            await session.ExecuteAsync(explain with { Text = "EXPLAIN " + explain.Text }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LoadFault fault) when (fault.SqlState == "42P10")
        {
            return false;
        }
        finally
        {
            if (isWithin)
                await session.ScalarAsync(session.Text("ROLLBACK TO SAVEPOINT sluice_target", "RELEASE SAVEPOINT sluice_target"), null,
                    CancellationToken.None).ConfigureAwait(false);
        }
    }
}
