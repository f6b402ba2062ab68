using Sluice.Planning;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Planning;

/// <summary>Decides how rows are written. No connection is asked.</summary>
static class SqlitePlanner
{
    /// <param name="request">What is to be inserted.</param>
    /// <param name="variableLimit">The most parameters that the connection lets a statement have.</param>
    internal static BulkPlan PlanInsert(PlanRequest request, int variableLimit)
    {
        var table = request.Table;
        if (table.Traits.HasFlag(TableTraits.View) && !table.Traits.HasFlag(TableTraits.Triggers))
            throw TableProblems.PlainView(table);
        var columns = FieldMatch.ForInsert(request, out var leftOut);
        foreach (var column in columns)
            Acceptance.Check(column, table);
        return new BulkPlan
        {
            Operation = "insert",
            Source = request.Source,
            Table = table,
            Columns = columns,
            LeftOut = leftOut,
            Path = Several(table, columns, variableLimit, out var statement),
            Reason = "one native statement, bound and stepped for every few rows, is the fastest way into SQLite",
            Rendered = [statement],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns),
        };
    }

    static SeveralRows Several(Table table, IReadOnlyList<PlanColumn> columns, int variableLimit, out RenderedStatement statement)
    {
        var rows = InsertStatement.RowsOf(table, columns, variableLimit);
        statement = new RenderedStatement(InsertStatement.Of(table, columns, rows), []) { TakesRows = true };
        return new SeveralRows(rows, rows == 1 ? statement.Text : InsertStatement.Of(table, columns, rows: 1));
    }

    /// <summary>A plan's columns, or some of them, inserted into its table, or another one, several rows at a time.</summary>
    internal static BulkPlan PlanRows(BulkPlan plan, Table table, IReadOnlyList<PlanColumn> columns, int variableLimit) => plan with
    {
        Write = null,
        Table = table,
        Columns = columns,
        Path = Several(table, columns, variableLimit, out var statement),
        Rendered = [statement],
    };

    /// <summary>The statement that removes what a sync's rows are not among, once their keys are in a table.</summary>
    internal static RenderedStatement Removing(BulkPlan plan, Table sent, SqliteDialect dialect) =>
        sent.Equals(SentKeys.Of(plan.Key)) ? plan.Rendered[1] : dialect.Render(plan.Write!.RemoveOthers(plan.Table, sent));

    /// <param name="request">What is to be written.</param>
    /// <param name="write">What it does to the table.</param>
    /// <param name="dialect">How the library's version writes statements.</param>
    internal static BulkPlan PlanWrite(PlanRequest request, WriteRequest write, SqliteDialect dialect)
    {
        var table = request.Table;
        if (request.Options.Path is not RowPath.Automatic)
            throw ValueProblems.OneWay(request.Options.Path);
        if (table.Traits.HasFlag(TableTraits.View) && (!table.Traits.HasFlag(TableTraits.Triggers) || write.Statement is { Inserts: true, CanUpdate: true }))
            throw TableProblems.PlainView(table);
        var columns = FieldMatch.ForWrite(request, write, out var leftOut);
        foreach (var column in columns)
            Acceptance.Check(column, table);
        return new BulkPlan
        {
            Operation = write.Operation,
            Source = request.Source,
            Table = table,
            Columns = columns,
            LeftOut = leftOut,
            Path = new EachRow(),
            Reason = "one native statement, bound and stepped for each row, is the fastest way into SQLite",
            Rendered = write.RemovesOthers
                ? [dialect.Render(write.Statement.ForOneRow), dialect.Render(write.RemoveOthers(table, SentKeys.Of(write.Key)))]
                : [dialect.Render(write.Statement.ForOneRow)],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns, write.Key),
            Write = write,
        };
    }
}
