using Sluice.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.Schema;

namespace Sluice.PostgreSql.Writing;

/// <summary>Decides how rows are inserted.</summary>
static class PostgresPlanner
{
    internal const string Binary = "binary COPY";
    internal const string Text = "text COPY";
    internal const string Driver = "binary COPY by the driver";

    internal static BulkPlan PlanInsert(PlanRequest request)
    {
        var table = request.Table;
        if (table.Traits.HasFlag(TableTraits.View) && !table.Traits.HasFlag(TableTraits.Triggers))
            throw Throw.CannotCopy(table, "a view without an INSTEAD OF trigger");
        if (table.Traits.HasFlag(TableTraits.RowSecurity))
            throw Throw.CannotCopy(table, "under row-level security for this role");

        var columns = FieldMatch.ForInsert(request, out var leftOut);
        var (path, reason) = Choose(columns);
        foreach (var column in columns)
            Fit.Check(column, table);
        return new BulkPlan
        {
            Operation = "insert",
            Source = request.Source,
            Table = table,
            Columns = columns,
            LeftOut = leftOut,
            Path = path,
            Reason = reason,
            Statements = [PostgresStatements.Copy(table, columns, binary: path != Text)],
            ChunkSize = request.Options.ChunkSize,
            Commit = request.Options.Commit,
            Order = FieldMatch.Order(request, columns),
        };
    }

    static (string Path, string Reason) Choose(IReadOnlyList<PlanColumn> columns)
    {
        var parsed = columns.FirstOrDefault(c => c.Field.IsParsed && !Fit.ReadsText(c.Target.Type.Kind));
        if (parsed is not null)
            return (Text, $"only the server reads text as {parsed.Target.Type} (column '{parsed.Target.Name}')");
        var foreign = columns.FirstOrDefault(c => !Fit.Encodes(c));
        return foreign is null
            ? (Binary, "every column's type has an encoder")
            : (Driver, $"only the driver encodes {foreign.Target.Type} (column '{foreign.Target.Name}')");
    }
}
