using Sluice.Planning;
using Sluice.PostgreSql.Schema;

namespace Sluice.PostgreSql.Planning;

/// <summary>Rows that bring no value: all of them are made of defaults, which neither COPY nor VALUES can say of many.</summary>
static class DefaultRows
{
    internal static string Statement(Table table) =>
        $"INSERT INTO {PostgresNames.Quote(table.Name, table.Schema)} SELECT FROM generate_series(1, $1)";

    internal static BulkPlan Plan(PlanRequest request, WriteRequest? write, IReadOnlyList<string> leftOut) => new()
    {
        Operation = write?.Operation ?? "insert",
        Source = request.Source,
        Table = request.Table,
        Columns = [],
        LeftOut = leftOut,
        Path = new DefaultRowsPath(),
        Reason = "the rows bring no value for any column",
        Rendered = [new RenderedStatement(Statement(request.Table), []) { TakesRows = true }],
        ChunkSize = request.Options.ChunkSize,
        Commit = request.Options.Commit,
        Order = RowOrder.AsGiven,
        Write = write,
    };
}
