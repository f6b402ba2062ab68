using System.Globalization;
using System.Text;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Statements;
using Sluice.Providers;

namespace Sluice.PostgreSql.Reading;

/// <summary>A query around a query, in which the server writes as text what .NET has no type for: it would be rounded or refused.</summary>
static class ExactQuery
{
    internal static async Task<QueryDescription> DescribeAsync(
        Lease lease, RenderedStatement query, IReadOnlyList<Column>? known, CancellationToken cancellationToken)
    {
        // A statement's end or a comment at its end would swallow what follows.
        var text = query.Text.TrimEnd().TrimEnd(';');
        var columns = known ?? await AskAsync(lease, query with { Text = text }, cancellationToken).ConfigureAwait(false);
        // In FROM nothing can stand that changes rows.
        return new QueryDescription(columns, query with { Text = Wrap(text, columns), OnlyReads = true }, IsTypedByValue: false);
    }

    static async Task<IReadOnlyList<Column>> AskAsync(Lease lease, RenderedStatement query, CancellationToken cancellationToken)
    {
        var command = StatementRun.Command(lease, query);
        await using var commandDisposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var columns = new Column[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Column.For(new Column<object>(reader.GetName(i), PostgresTypes.OfResult(reader.GetDataTypeOID(i))) { IsNullable = true });
        return columns;
    }

    static string Wrap(string query, IReadOnlyList<Column> columns)
    {
        // The inner names are ours: the query may leave a column without one, or cut two to the same.
        var sql = new StringBuilder("SELECT ");
        for (var i = 0; i < columns.Count; i++)
            sql.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture,
                $"c{i}").Append(IsText(columns[i].Type.Kind) ? "::text" : "").Append(" AS ").Append(PostgresNames.Quote(columns[i].Name));
        return sql.Append(" FROM (").Append(query).Append("\n) AS q(").AppendJoin(", ",
            columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i}"))).Append(')').ToString();
    }

    static bool IsText(SqlTypeKind kind) =>
        kind is SqlTypeKind.Other or SqlTypeKind.Numeric or SqlTypeKind.Interval or SqlTypeKind.TimeTz or SqlTypeKind.Array or SqlTypeKind.Enum
            or SqlTypeKind.Json or SqlTypeKind.JsonB;
}
