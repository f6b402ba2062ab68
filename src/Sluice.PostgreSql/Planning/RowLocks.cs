using Sluice.Planning;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Planning;

/// <summary>The statement that locks the rows of a table in the order of their keys, before another one changes them.</summary>
static class RowLocks
{
    internal static SqlSelect Of(BulkPlan plan, SqlFrom source, IReadOnlyList<Column> order)
    {
        var same = plan.Write!.SameKey(plan.Table, source);
        var locked = Select(Literal(1).As("one")).From(plan.Table, source).Where(same).OrderBy(RowsStatement.InOrder(plan.Table, order));
        var held = (plan.Write.Statement.Deletes ? locked.ForUpdate(of: plan.Table) : locked.ForNoKeyUpdate(of: plan.Table)).As("locked");
        return Select(Count()).From(held);
    }
}
