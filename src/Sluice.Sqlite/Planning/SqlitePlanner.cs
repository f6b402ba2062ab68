using Sluice.Planning;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Planning;

/// <summary>Decides how rows are written. No connection is asked.</summary>
static class SqlitePlanner
{
    const string Path = "prepared rows";

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
            Path = Path,
            Reason = "one native statement, bound and stepped for every few rows, is the fastest way into SQLite",
            Statements = [InsertStatement.Of(table, columns, InsertStatement.RowsOf(table, columns, variableLimit))],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns),
        };
    }

    /// <param name="request">What is to be written.</param>
    /// <param name="write">What it does to the table.</param>
    /// <param name="dialect">How the library's version writes statements.</param>
    internal static BulkPlan PlanWrite(PlanRequest request, WriteRequest write, SqliteDialect dialect)
    {
        var table = request.Table;
        if (request.Options.Target.Path is not RowPath.Automatic)
            throw ValueProblems.OneWay(request.Options.Target.Path);
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
            Path = Path,
            Reason = "one native statement, bound and stepped for each row, is the fastest way into SQLite",
            Statements =
            [
                dialect.Render(write.Statement.ForOneRow).Text,
                .. write.RemoveOthers is { } remove ? [dialect.Render(remove(SentKeys.Of(write.Key))).Text] : Array.Empty<string>(),
            ],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns, write.Key),
            Write = write,
        };
    }
}
