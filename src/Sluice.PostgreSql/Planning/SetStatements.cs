using System.Globalization;
using Sluice.Planning;
using Sluice.PostgreSql.Rendering;
using Sluice.PostgreSql.Schema;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Planning;

/// <summary>The statements over a relation of rows: what a plan prints of them is what its writer runs.</summary>
static class SetStatements
{
    /// <summary>The name of the relation. A temporary table has a number behind it, so that it is no other load's.</summary>
    internal const string Rows = "sluice_rows";

    /// <summary>The statements of a plan, in order, over its rows in arrays or in a temporary table.</summary>
    internal static IReadOnlyList<RenderedStatement> Of(BulkPlan plan, PostgresDialect dialect)
    {
        var path = (SetPath)plan.Path;
        var statements = new List<RenderedStatement>();
        var staging = Staging(plan, Rows);
        var arrays = Places(plan);
        SqlFrom rows = path is ArrayPath ? Unnest(Rows, arrays) : staging;
        if (path is StagedPath)
            statements.Add(PostgresPlanner.PlanCopy(plan, staging, plan.Columns).Rendered[0]);
        if (path.Locks is LockOrder.Join)
            statements.Add(new RenderedStatement(path is ArrayPath ? OrderedJoin.ByLookup : OrderedJoin.ByMerge, []));
        if (path.Locks is LockOrder.Before)
            statements.Add(dialect.Render(RowLocks.Of(plan, rows, plan.Write!.Key)));
        statements.Add(dialect.Render(Writing(plan, rows, order: [], dialect)));
        if (plan.Write!.RemovesOthers)
            statements.Add(dialect.Render(Removing(plan, rows)));
        return [.. statements.Select(statement => Unfilled(statement, arrays))];
    }

    // Each is an object of its own, which an array without values need not be.
    /// <summary>An array for each column, by which its place in a statement is found.</summary>
    internal static SqlArray[] Places(BulkPlan plan) =>
        [.. plan.Columns.Select(c => SqlArray.Owning(c.Target.Name, c.Target.Type, new object?[1]))];

    /// <summary>A plan's temporary table. Only the types are the target's own.</summary>
    internal static Table Staging(BulkPlan plan, string name) => new(name, "pg_temp", [.. plan.Columns.Select(c => c.Target)], []);

    /// <summary>The statement, in the form that tells how many rows it wrote.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="order">The columns in whose order rows are to be inserted; empty where they stand so.</param>
    /// <param name="dialect">How the server's version writes it.</param>
    internal static SqlStatement Writing(BulkPlan plan, SqlFrom rows, IReadOnlyList<Column> order, PostgresDialect dialect)
    {
        var statement = plan.Write!.Statement;
        switch (((SetPath)plan.Path).Count)
        {
            case RowCount.LookedAfter when Spread.Is(plan.Table):
            case RowCount.Selected:
                return Spread.Counting(statement, rows, order);
            case RowCount.Returned:
                var written = statement.Over(rows, order, IsNew(dialect, plan.Table)!.As("is_new")).AsCte("written");
                return Select(Count().As("n"), Count().Filter(ProviderText.Of("is_new")).As("inserted")).From(written);
            case RowCount.Keys:
                return Matching(plan.Write, rows);
            default:
                return statement.Over(rows, order);
        }
    }

    // Several rows of the table may have one key: what counts is how many of the source's rows found any.
    static SqlSelect Matching(WriteRequest write, SqlFrom rows)
    {
        var keys = write.Key.Select((c, i) => rows[c].As("k" + i.ToString(CultureInfo.InvariantCulture))).ToArray();
        var written = write.Statement.Over(rows, [], keys).AsCte("written");
        var distinct = Select([.. keys.Select((_, i) => (SqlExpr)written["k" + i.ToString(CultureInfo.InvariantCulture)])]).Distinct().From(written).As("matched");
        return Select(Count().As("n")).From(distinct);
    }

    /// <summary>Of a sync, the statement that removes what its rows are not among.</summary>
    internal static SqlDelete Removing(BulkPlan plan, SqlFrom rows) =>
        plan.Write!.RemoveOthers(plan.Table, Spread.Kept(plan.Table, rows, plan.Write.Key));

    /// <summary>How the rows are counted that a statement writes.</summary>
    internal static RowCount CountOf(Table table, WriteRequest write, PostgresDialect dialect) => write.Statement switch
    {
        { Inserts: true, CanUpdate: true } => CanAsk(table) ? RowCount.Asked
            : IsNew(dialect, table) is null ? RowCount.LookedAfter : RowCount.Returned,
        { Inserts: true } => Spread.Is(table) ? RowCount.Selected : RowCount.Reported,
        _ => write.IsKeyUnique ? RowCount.Reported : RowCount.Keys,
    };

    /// <summary>Whether nothing but the statement itself changes the table's rows, and the table has them itself.</summary>
    internal static bool CanAsk(Table table) =>
        (table.Traits & (TableTraits.Triggers | TableTraits.Partitioned | TableTraits.Foreign | TableTraits.View | TableTraits.Distributed | TableTraits.Replicated)) == 0
        && !table.ForeignKeys.Any(key => key.ReferencedTable == table.Name || key.ReferencedTable == table.QualifiedName);

    // A new row has not been locked or replaced by anyone; a changed one has, by this very transaction. Partitioned tables do not show it.
    internal static SqlExpr<bool>? IsNew(PostgresDialect dialect, Table table) =>
        dialect.Features.ReturningOldNew ? ProviderText.Of("(old.tableoid IS NULL)").AsExpr<bool>()
        : table.Traits.HasFlag(TableTraits.Partitioned) ? null
        : ProviderText.Of("(xmax = 0)").AsExpr<bool>();

    /// <summary>The system column with the transaction that locked or replaced a row.</summary>
    internal static string LastLocker(Table table) => PostgresNames.Quote(table.Name) + ".xmax";

    /// <summary>The statement with a place for each array in place of the array.</summary>
    internal static RenderedStatement Unfilled(RenderedStatement statement, SqlArray[] arrays) => statement with
    {
        Parameters = [.. statement.Parameters.Select(p => Array.Find(arrays, a => ReferenceEquals(a.Parameter.Value, p.Value)) is { } array
            ? p with { Value = null, RowColumn = array.Name }
            : p)],
    };

    /// <summary>A statement of a plan with the rows' values.</summary>
    internal static RenderedStatement Filled(RenderedStatement statement, IReadOnlyList<SqlArray> arrays) => statement with
    {
        Parameters = [.. statement.Parameters.Select(p => p.RowColumn is { } column ? arrays.First(a => a.Name == column).Parameter : p)],
    };
}
