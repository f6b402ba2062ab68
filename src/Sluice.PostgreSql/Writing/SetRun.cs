using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>Rows at hand for a plan's statements.</summary>
/// <param name="Source">The rows as a relation.</param>
/// <param name="Count">How many.</param>
/// <param name="IsInOrder">Whether they stand in the order of the plan's key.</param>
/// <param name="Arrays">The values, where they go into the places that the plan's own statements have for them.</param>
sealed record RowsAtHand(SqlFrom Source, int Count, bool IsInOrder, IReadOnlyList<SqlArray>? Arrays);

/// <summary>Runs a plan's statements over rows, and tells what became of them.</summary>
static class SetRun
{
    internal static async Task<RowFates> RunAsync(ServerSession session, BulkPlan plan, RowsAtHand rows,
        CancellationToken cancellationToken)
    {
        var path = (SetPath)plan.Path;
        var statement = await WritingAsync(session, plan, rows, cancellationToken).ConfigureAwait(false);
        if (path.Locks is LockOrder.Before)
            await session.ExecuteAsync(Joining(Locking(session, plan, rows), rows.Source), cancellationToken).ConfigureAwait(false);
        var writes = plan.Write!.Statement;
        if (writes is { Inserts: true, CanUpdate: true })
            return await UpsertAsync(session, plan, statement, rows, cancellationToken).ConfigureAwait(false);
        if (writes.Inserts)
        {
            var inserted = await NumberAsync(session, path.Count, statement, cancellationToken).ConfigureAwait(false);
            return new RowFates(inserted, Unchanged: writes.IgnoresConflicts ? await UnchangedAsync(session, plan, rows, rows.Count - inserted, cancellationToken).ConfigureAwait(false) : 0);
        }
        var matched = path.Locks is LockOrder.Join && !await MergesAsync(session, plan, rows, cancellationToken).ConfigureAwait(false)
            ? await LookUpAsync(session, plan, statement, rows, cancellationToken).ConfigureAwait(false)
            : await NumberAsync(session, path.Count, Joining(statement, rows.Source), cancellationToken).ConfigureAwait(false);
        return writes.Deletes ? new RowFates(0, Deleted: matched) : new RowFates(0, Updated: matched);
    }

    /// <summary>Removes what a sync's rows are not among.</summary>
    internal static Task<long> RemoveOthersAsync(ServerSession session, BulkPlan plan, RowsAtHand rows,
        CancellationToken cancellationToken) =>
        session.ExecuteAsync(OfPlan(plan, rows) is { } statements ? statements[^1] : session.Dialect.Render(SetStatements.Removing(plan, rows.Source)),
            cancellationToken);

    // The plan's own statements, where the rows go into their places; those that stand in another order or place need others.
    static IReadOnlyList<RenderedStatement>? OfPlan(BulkPlan plan, RowsAtHand rows) =>
        plan.Path is ArrayPath && rows is { IsInOrder: true, Arrays: { } arrays } && !Spread.SendsTime(plan)
            ? [.. plan.Rendered.Select(statement => SetStatements.Filled(statement, arrays))]
            : null;

    static async ValueTask<RenderedStatement> WritingAsync(ServerSession session, BulkPlan plan, RowsAtHand rows,
        CancellationToken cancellationToken)
    {
        if (OfPlan(plan, rows) is { } statements)
            return statements[plan.Write!.RemovesOthers ? ^2 : ^1];
        var inTime = await SpreadRun.InTimeAsync(session, plan, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Column> order = rows.IsInOrder || plan.Order is not RowOrder.ByKey || !plan.Write!.Statement.Inserts
            ? []
            : plan.Write.Key;
        return session.Dialect.Render(SetStatements.Writing(inTime, rows.Source, order, session.Dialect));
    }

    static RenderedStatement Locking(ServerSession session, BulkPlan plan, RowsAtHand rows) =>
        OfPlan(plan, rows) is { } statements ? statements[0] : session.Dialect.Render(RowLocks.Of(plan, rows.Source, plan.Write!.Key));

    static async ValueTask<bool> MergesAsync(ServerSession session, BulkPlan plan, RowsAtHand rows, CancellationToken cancellationToken) =>
        rows.Source is Table && await OrderedRun.MergesAsync(
            session, session.Dialect.Render(SetStatements.Writing(plan, rows.Source, [], session.Dialect)), plan.Write!.Key, cancellationToken).ConfigureAwait(false);

    static Task<long> LookUpAsync(ServerSession session, BulkPlan plan, RenderedStatement statement, RowsAtHand rows,
        CancellationToken cancellationToken)
    {
        if (!rows.IsInOrder)
            statement = session.Dialect.Render(SetStatements.Writing(plan, Ordered(plan, rows.Source), [], session.Dialect));
        return OrderedRun.LookUpAsync(session, Joining(statement, rows.Source), cancellationToken);
    }

    static SqlFrom Ordered(BulkPlan plan, SqlFrom source) =>
        Select([.. plan.Columns.Select(c => source[c.Target.Name].As(c.Target.Name))]).From(source).OrderBy(RowsStatement.InOrder(source, plan.Write!.Key)).As("sluice_ordered");

    // What is prepared keeps the plan that was right for the first rows of a staging table: ANALYZE does not undo it where the table is as
    // large as before.
    static RenderedStatement Joining(RenderedStatement statement, SqlFrom source) =>
        source is SqlUnnest ? statement : statement with { IsPlannedAnew = true };

    static async Task<RowFates> UpsertAsync(
        ServerSession session, BulkPlan plan, RenderedStatement statement, RowsAtHand rows, CancellationToken cancellationToken)
    {
        switch (((SetPath)plan.Path).Count)
        {
            case RowCount.Asked:
                var (changed, updated) = await UpsertCount.RunAsync(session, plan.Table, statement,
                    cancellationToken).ConfigureAwait(false);
                return updated is { } known
                    ? new RowFates(changed - known, known, Unchanged: rows.Count - changed)
                    : await CountedAfterAsync(session, plan, rows, changed, cancellationToken).ConfigureAwait(false);
            case RowCount.Returned:
                var numbers = await NumbersAsync(session, statement, cancellationToken).ConfigureAwait(false);
                return new RowFates(numbers[1], numbers[0] - numbers[1],
                    Unchanged: await UnchangedAsync(session, plan, rows, rows.Count - numbers[0], cancellationToken).ConfigureAwait(false));
            default:
                var count = Spread.Is(plan.Table) ? RowCount.Selected : RowCount.Reported;
                return await CountedAfterAsync(session, plan, rows,
                    await NumberAsync(session, count, statement,
                        cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    static async Task<RowFates> CountedAfterAsync(ServerSession session, BulkPlan plan, RowsAtHand rows, long changed,
        CancellationToken cancellationToken)
    {
        // Rows that were there are locked or changed by now, also those that a condition left alone.
        var touched = Select(Count().As("n")).From(plan.Table, rows.Source).Where(plan.Write!.SameKey(plan.Table, rows.Source))
            .Where(ProviderText.Of($"({SetStatements.LastLocker(plan.Table)} <> 0)").AsCondition());
        if (plan.Write.InIndex(rows.Source) is { } inIndex)
            touched = touched.Where(inIndex);
        var existing = (await NumbersAsync(session, Joining(session.Dialect.Render(touched), rows.Source), cancellationToken).ConfigureAwait(false))[0];
        var unchanged = Math.Min(existing,
            await UnchangedAsync(session, plan, rows, rows.Count - changed, cancellationToken).ConfigureAwait(false));
        return new RowFates(changed - (existing - unchanged), existing - unchanged, Unchanged: unchanged);
    }

    // Of the rows that were not written a trigger may have suppressed some. Without a key none is known to be missing.
    static async Task<long> UnchangedAsync(ServerSession session, BulkPlan plan, RowsAtHand rows, long unwritten,
        CancellationToken cancellationToken) =>
        unwritten == 0 || plan.Write!.Key.Count == 0 || !plan.Table.Traits.HasFlag(TableTraits.Triggers)
            ? unwritten
            : await FoundAsync(session, plan, rows.Source, unwritten, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// How many of the rows that a statement did not write the table has nevertheless: the others were suppressed by a trigger.
    /// </summary>
    internal static async Task<long> FoundAsync(ServerSession session, BulkPlan plan, SqlFrom source, long unwritten,
        CancellationToken cancellationToken)
    {
        var write = plan.Write!;
        var there = Select(Literal(1).As("one")).From(plan.Table).Where(write.SameKey(plan.Table, source));
        var missing = Select(Count().As("n")).From(source).Where(!Exists(there));
        foreach (var column in write.NullsEqual ? [] : write.Key)
            missing = missing.Where(source[column].IsNotNull());
        var suppressed = (await NumbersAsync(session, Joining(session.Dialect.Render(missing), source), cancellationToken).ConfigureAwait(false))[0];
        return unwritten - Math.Min(suppressed, unwritten);
    }

    static async Task<long> NumberAsync(ServerSession session, RowCount count, RenderedStatement statement,
        CancellationToken cancellationToken) =>
        count is RowCount.Reported
            ? await session.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false)
            : (await NumbersAsync(session, statement, cancellationToken).ConfigureAwait(false))[0];

    static async Task<long[]> NumbersAsync(ServerSession session, RenderedStatement statement, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(statement, new NumbersShape(), cancellationToken).ConfigureAwait(false);
        return rows[0];
    }
}
