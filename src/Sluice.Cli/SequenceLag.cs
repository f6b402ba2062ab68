using System.Globalization;
using Sluice.Planning;
using Sluice.Rendering;

namespace Sluice.Cli;

/// <summary>
/// Finds columns whose sequence is behind the numbers that a load brought itself, so that the next row without a number would collide.
/// </summary>
/// <remarks>SQLite numbers rows behind the largest number that is there.</remarks>
static class SequenceLag
{
    const string Code = "SLU0727";

    /// <summary>A sentence for each such column.</summary>
    internal static async Task<IReadOnlyList<string>> FindAsync(Engine engine, BulkPlan plan, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        foreach (var column in plan.Columns.Select(c => c.Target).Where(c => IsNumbered(c) && IsUnique(plan.Table, c)))
        {
            try
            {
                foreach (var (sequence, next, largest) in await engine.QueryAsync<string, long,
                    long>(Question(plan.Table, column), cancellationToken).ConfigureAwait(false))
                    notes.Add(Describe(plan.Table, column, sequence, next, largest));
            }
            catch (Exception e) when (e is BulkException or OperationCanceledException)
            {
                // Who may load rows need not be allowed to look at the sequence; the rows are committed, whatever comes of this.
            }
        }
        return notes;
    }

    static bool IsNumbered(Column column) =>
        column.Generated is Generated.Always or Generated.ByDefault
            || column.Default?.StartsWith("nextval(", StringComparison.Ordinal) is true;

    // Without an index nothing collides, and the largest number would be looked for in every row.
    static bool IsUnique(Table table, Column column) =>
        (table.PrimaryKey is [var key] && key.Name == column.Name)
            || table.UniqueKeys.Any(u => u.Columns is [var one] && one == column.Name && u.Predicate is null);

    static SqlStatement Question(Table table, Column column)
    {
        var name = Quote(table.Name, table.Schema);
        var sequence = column.Default is { } text && text.StartsWith("nextval(", StringComparison.Ordinal) && text.EndsWith(')')
            ? text["nextval(".Length..^1]
            : $"pg_get_serial_sequence({SqlDialect.QuoteText(name)}, {SqlDialect.QuoteText(column.Name)})::regclass";
        return Sql.Raw(
            "SELECT name, next, largest FROM (SELECT s.seqrelid::regclass::text AS name, coalesce(pg_sequence_last_value(s.seqrelid) + s.seqincrement, s.seqstart) AS next, "
            + $"(SELECT max({Quote(column.Name)})::bigint FROM {name}) AS largest FROM pg_sequence AS s WHERE s.seqrelid = {sequence} AND s.seqincrement > 0) AS q WHERE largest >= next");
    }

    static string Describe(Table table, Column column, string sequence, long next, long largest) => string.Create(
        CultureInfo.InvariantCulture,
        $"Sequence {sequence} gives column '{column.Name}' the number {next} next, and the table holds numbers up to {largest}: rows without one will collide. "
        + $"Set it: SELECT setval({SqlDialect.QuoteText(sequence)}, (SELECT max({Quote(column.Name)}) FROM {Quote(table.Name, table.Schema)})) ({Code})");

    static string Quote(string name, string? schema = null) =>
        (schema is null ? "" : Quote(schema) + ".") + "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
