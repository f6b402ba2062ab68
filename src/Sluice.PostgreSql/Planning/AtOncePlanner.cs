using Sluice.Planning;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Schema;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Planning;

/// <summary>Decides how a few rows are written by one statement that commits by itself.</summary>
static class AtOncePlanner
{
    internal const string Reason = "a few rows of memory for a known table take one round trip";

    /// <summary>A plan's rows so; null where they need more than one statement, or another way.</summary>
    internal static BulkPlan? Of(BulkPlan plan, PostgresDialect dialect)
    {
        if (plan.Path is not (ArrayPath or StagedPath { MostInArrays: > 0 }) || LooseKeys.Occur(plan) || !plan.Write!.IsKeyUnique || plan.Write.RemovesOthers
            || NeedsLookAfter(plan) || Spread.SendsTime(plan))
            return null;
        var returns = Returns(plan);
        if (returns && SetStatements.IsNew(dialect, plan.Table) is null)
            return null;
        var arrays = SetStatements.Places(plan);
        var source = Source(plan, arrays);
        SqlExpr[] returned = returns ? [SetStatements.IsNew(dialect, plan.Table)!.As("is_new")] : [];
        var asked = plan.Write.Statement is { Inserts: true, CanUpdate: true } && SetStatements.CanAsk(plan.Table)
            ? Rendered([])
            : null;
        return plan with
        {
            Path = new AtOncePath(asked, returns ? RowCount.Returned : RowCount.Reported),
            Rendered = [Rendered(returned)],
        };

        RenderedStatement Rendered(SqlExpr[] columns) =>
            SetStatements.Unfilled(dialect.Render(plan.Write!.Statement.Over(source, [], columns)), arrays);
    }

    static bool Returns(BulkPlan plan) =>
        plan.Write!.Statement is { Inserts: true, CanUpdate: true } || (plan.Write.Statement.Inserts && Spread.Is(plan.Table));

    // Whether a row was left as it is or suppressed by a trigger only a look after the statement tells, in its transaction.
    static bool NeedsLookAfter(BulkPlan plan) =>
        plan.Table.Traits.HasFlag(TableTraits.Triggers)
            && plan.Write!.Statement is { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true });

    /// <summary>
    /// Whether the statement itself may leave rows as they are. Where it may not, a trigger suppressed what it did not write.
    /// </summary>
    internal static bool MayLeave(BulkPlan plan) =>
        plan.Write!.Statement is { Inserts: true } and ({ IgnoresConflicts: true } or { HasCondition: true });

    /// <summary>Whether it stores what COPY would: no rule may have come that rewrites it.</summary>
    internal static bool IsInsteadOfCopy(BulkPlan plan) => plan.Write is { IsPlain: true, Statement.Inserts: true };

    // The table was described before, perhaps long ago. One that Citus spreads is not joined with the coordinator's catalog.
    static SqlFrom Source(BulkPlan plan, SqlArray[] arrays)
    {
        var rows = Unnest(SetStatements.Rows, arrays);
        return !Spread.Is(plan.Table) && TableVersion.Guard(plan.Table, MayLeave(plan), IsInsteadOfCopy(plan)) is { } guard
            ? Select([.. plan.Columns.Select(c => rows[c.Target.Name].As(c.Target.Name))]).From(rows).Where(guard).As(SetStatements.Rows)
            : rows;
    }
}
