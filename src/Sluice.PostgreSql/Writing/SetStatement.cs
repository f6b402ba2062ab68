using System.Globalization;
using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>A statement over a relation of rows, with what became of them.</summary>
static class SetStatement
{
    internal static async Task<RowFates> RunAsync(
        ServerSession session, BulkPlan plan, SqlFrom source, long rows, bool isInOrder, CancellationToken cancellationToken)
    {
        plan = await SpreadRun.InTimeAsync(session, plan, cancellationToken).ConfigureAwait(false);
        var write = plan.Write!;
        var statement = write.Statement;
        var order = plan.Order is RowOrder.ByKey ? write.Key : [];
        if (statement is { Inserts: true, CanUpdate: true })
            return await UpsertAsync(session, plan, source, rows, isInOrder ? [] : order, cancellationToken).ConfigureAwait(false);
        if (statement.Inserts)
        {
            var inserted = await InsertAsync(session, plan, source, isInOrder ? [] : order, cancellationToken).ConfigureAwait(false);
            return new RowFates(inserted, Unchanged: statement.IgnoresConflicts ? await UnchangedAsync(session, plan, source, rows - inserted, cancellationToken).ConfigureAwait(false) : 0);
        }

        if (order.Count > 0 && session.Transaction.IsLoads && OrderedJoin.Serves(plan))
        {
            var changed = await JoinAsync(session, plan, source, isInOrder, cancellationToken).ConfigureAwait(false);
            return statement.Deletes ? new RowFates(0, Deleted: changed) : new RowFates(0, Updated: changed);
        }
        // The order of a join's rows is the planner's choice, and with it that of the locks, unless they are taken before.
        if (order.Count > 0)
            await session.ExecuteAsync(Joining(session, RowLocks.Of(plan, source, order), source), cancellationToken).ConfigureAwait(false);
        var matched = write.IsKeyUnique
            ? await session.ExecuteAsync(Joining(session, statement.Over(source, []), source), cancellationToken).ConfigureAwait(false)
            : await MatchedAsync(session, write, source, cancellationToken).ConfigureAwait(false);
        return statement.Deletes ? new RowFates(0, Deleted: matched) : new RowFates(0, Updated: matched);
    }

    static async Task<long> InsertAsync(ServerSession session, BulkPlan plan, SqlFrom source, IReadOnlyList<Column> order,
        CancellationToken cancellationToken)
    {
        var statement = plan.Write!.Statement;
        return Spread.Is(plan.Table)
            ? (await NumbersAsync(session, session.Dialect.Render(Spread.Counting(statement, source, order)), cancellationToken).ConfigureAwait(false))[0]
            : await session.ExecuteAsync(session.Dialect.Render(statement.Over(source, order)), cancellationToken).ConfigureAwait(false);
    }

    static async Task<long> JoinAsync(ServerSession session, BulkPlan plan, SqlFrom source, bool isInOrder,
        CancellationToken cancellationToken)
    {
        var (statement, key) = (plan.Write!.Statement, plan.Write.Key);
        if (source is Table && await OrderedRun.MergesAsync(session, session.Dialect.Render(statement.Over(source, [])), key, cancellationToken).ConfigureAwait(false))
            return await session.ExecuteAsync(Joining(session, statement.Over(source, []), source),
                cancellationToken).ConfigureAwait(false);
        var ordered = isInOrder ? source : Ordered(plan, source);
        return await OrderedRun.LookUpAsync(session, Joining(session, statement.Over(ordered, []), ordered),
            cancellationToken).ConfigureAwait(false);
    }

    static SqlFrom Ordered(BulkPlan plan, SqlFrom source) =>
        Select([.. plan.Columns.Select(c => source[c.Target.Name].As(c.Target.Name))]).From(source).OrderBy(RowsStatement.InOrder(source, plan.Write!.Key)).As("sluice_ordered");

    static long s_joins;

    // The driver prepares a text that comes again, and the server then keeps the plan that was right for the first rows of a staging table:
    // ANALYZE does not undo it where the table is as large as before. A text of its own for each is planned for its rows.
    static RenderedStatement Joining(ServerSession session, SqlStatement statement, SqlFrom source)
    {
        var rendered = session.Dialect.Render(statement);
        return source is SqlUnnest
            ? rendered
            : rendered with { Text = string.Create(CultureInfo.InvariantCulture, $"{rendered.Text} /* {Interlocked.Increment(ref s_joins)} */") };
    }

    // Several rows of the table may have one key: what counts is how many of the source's rows found any.
    static async Task<long> MatchedAsync(ServerSession session, WriteRequest write, SqlFrom source, CancellationToken cancellationToken)
    {
        var keys = write.Key.Select((c, i) => source[c].As("k" + i.ToString(CultureInfo.InvariantCulture))).ToArray();
        var written = write.Statement.Over(source, [], keys).AsCte("written");
        var distinct = Select([.. keys.Select((_, i) => (SqlExpr)written["k" + i.ToString(CultureInfo.InvariantCulture)])]).Distinct().From(written).As("matched");
        return (await NumbersAsync(session, Joining(session, Select(Count().As("n")).From(distinct), source), cancellationToken).ConfigureAwait(false))[0];
    }

    static async Task<RowFates> UpsertAsync(
        ServerSession session, BulkPlan plan, SqlFrom source, long rows, IReadOnlyList<Column> order, CancellationToken cancellationToken)
    {
        var statement = plan.Write!.Statement;
        if (UpsertCount.CanTell(plan.Table))
        {
            var (changed, updated) = await UpsertCount.RunAsync(session, plan.Table, session.Dialect.Render(statement.Over(source, order)),
                cancellationToken).ConfigureAwait(false);
            return updated is { } known
                ? new RowFates(changed - known, known, Unchanged: rows - changed)
                : await CountedAfterAsync(session, plan, source, rows, changed, cancellationToken).ConfigureAwait(false);
        }
        if (IsNew(session, plan.Table) is not { } isNew)
        {
            var changed = await InsertAsync(session, plan, source, order, cancellationToken).ConfigureAwait(false);
            return await CountedAfterAsync(session, plan, source, rows, changed, cancellationToken).ConfigureAwait(false);
        }
        var written = statement.Over(source, order, isNew.As("is_new")).AsCte("written");
        var counts = Select(Count().As("n"), Count().Filter(ProviderText.Of("is_new")).As("inserted")).From(written);
        var numbers = await NumbersAsync(session, session.Dialect.Render(counts), cancellationToken).ConfigureAwait(false);
        return new RowFates(numbers[1], numbers[0] - numbers[1],
            Unchanged: await UnchangedAsync(session, plan, source, rows - numbers[0], cancellationToken).ConfigureAwait(false));
    }

    // A new row has not been locked or replaced by anyone; a changed one has, by this very transaction. Partitioned tables do not show it.
    internal static SqlExpr<bool>? IsNew(ServerSession session, Table table) =>
        session.Dialect.Features.ReturningOldNew ? ProviderText.Of("(old.tableoid IS NULL)").AsExpr<bool>()
        : table.Traits.HasFlag(TableTraits.Partitioned) ? null
        : ProviderText.Of("(xmax = 0)").AsExpr<bool>();

    /// <summary>The system column with the transaction that locked or replaced a row.</summary>
    internal static string LastLocker(Table table) => PostgresNames.Quote(table.Name) + ".xmax";

    static async Task<RowFates> CountedAfterAsync(
        ServerSession session, BulkPlan plan, SqlFrom source, long rows, long changed, CancellationToken cancellationToken)
    {
        // Rows that were there are locked or changed by now, also those that a condition left alone.
        var touched = Select(Count().As("n")).From(plan.Table,
            source).Where(plan.Write!.SameKey(plan.Table, source)).Where(ProviderText.Of($"({LastLocker(plan.Table)} <> 0)").AsCondition());
        if (plan.Write.InIndex(source) is { } inIndex)
            touched = touched.Where(inIndex);
        var existing = (await NumbersAsync(session, Joining(session, touched, source), cancellationToken).ConfigureAwait(false))[0];
        var unchanged = Math.Min(existing,
            await UnchangedAsync(session, plan, source, rows - changed, cancellationToken).ConfigureAwait(false));
        return new RowFates(changed - (existing - unchanged), existing - unchanged, Unchanged: unchanged);
    }

    // Of the rows that were not written a trigger may have suppressed some. Without a key none is known to be missing.
    static async Task<long> UnchangedAsync(ServerSession session, BulkPlan plan, SqlFrom source, long unwritten,
        CancellationToken cancellationToken) =>
        unwritten == 0 || plan.Write!.Key.Count == 0 || !plan.Table.Traits.HasFlag(TableTraits.Triggers)
            ? unwritten
            : await FoundAsync(session, plan, source, unwritten, cancellationToken).ConfigureAwait(false);

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
        var suppressed = (await NumbersAsync(session, Joining(session, missing, source), cancellationToken).ConfigureAwait(false))[0];
        return unwritten - Math.Min(suppressed, unwritten);
    }

    static async Task<long[]> NumbersAsync(ServerSession session, RenderedStatement statement, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(statement, new NumbersShape(), cancellationToken).ConfigureAwait(false);
        return rows[0];
    }
}
