using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Writes a few rows by one statement that commits by itself.</summary>
static class AtOnce
{
    /// <returns>What became of the rows; or null where nothing was done, because it cannot be done so or was refused.</returns>
    internal static async Task<AtOnceOutcome?> TryWriteAsync<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk,
        CancellationToken cancellationToken)
    {
        // Where a statement before takes several rows' locks in order, both make a transaction.
        var isOneStatement = plan.Write!.Statement.Inserts || chunk.Count == 1 || plan.Order is RowOrder.AsGiven
            || OrderedJoin.Serves(plan);
        await session.GetReadyAsync(cancellationToken).ConfigureAwait(false);
        if (session.Unkept is not null || session.Lease.IsCallers || !isOneStatement || chunk.Count > SetSizes.MostInArrays(plan.Write, plan.Commit)
            || StatementOf(session, plan, shape) is not { } statement)
            return null;
        try
        {
            return await statement.RunAsync(session, chunk, cancellationToken).ConfigureAwait(false) is { } fates
                ? new AtOnceOutcome(fates, statement.Bytes)
                : null;
        }
        catch (Exception refused) when (refused is ValueException or LoadFault { InnerException: PostgresException, OutcomeUnknown: false })
        {
            return null;
        }
        catch (OperationCanceledException cancelled) when (!session.Driver.IsThere)
        {
            throw SessionProblems.StatementUnknown(session.Target, cancelled);
        }
        catch (LoadFault lost) when (!lost.OutcomeUnknown)
        {
            throw lost.IsLost
                ? SessionProblems.OutcomeUnknown(session.Target, lost.InnerException!)
                : SessionProblems.NotCarried(lost.InnerException ?? lost, mayHaveRun: true);
        }
    }

    // The next chunk, and often the next load on the connection, is of the same plan.
    static AtOnceStatement<T>? StatementOf<T>(ServerSession session, BulkPlan plan, RowShape<T> shape)
    {
        var lease = session.Lease;
        if (lease.Left is AtOnceStatement<T> known && ReferenceEquals(known.Plan, plan))
            return known;
        if ((plan.Path is AtOncePath ? plan : AtOncePlanner.Of(plan, session.Dialect)) is not { } atOnce)
            return null;
        lease.Left?.Dispose();
        var statement = new AtOnceStatement<T>(plan, atOnce, shape);
        lease.Left = statement;
        return statement;
    }
}
