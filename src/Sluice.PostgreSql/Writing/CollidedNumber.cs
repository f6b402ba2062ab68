using Sluice.Planning;
using Sluice.PostgreSql.Schema;
using Sluice.Providers;
using Sluice.Rendering;

namespace Sluice.PostgreSql.Writing;

/// <summary>
/// A key that was taken although the rows did not bring it: its sequence gives numbers that rows of the table have brought themselves.
/// </summary>
static class CollidedNumber
{
    /// <summary>The fault with the sequence and the remedy named, where that is what happened.</summary>
    internal static LoadFault Explain(LoadFault fault, BulkPlan plan)
    {
        if (fault is not { SqlState: "23505", Constraint: { } constraint })
            return fault;
        var key = plan.Table.UniqueKeys.FirstOrDefault(k => k.Name == constraint)?.Columns ?? [];
        if (plan.Table.Columns.FirstOrDefault(c => key.Contains(c.Name) && SequenceNumbers.Number(c) && plan.Columns.All(p => p.Target.Name != c.Name)) is not { } column)
            return fault;
        var table = PostgresNames.Quote(plan.Table.Name, plan.Table.Schema);
        var sequence = column.Default is { } text && text.StartsWith("nextval(", StringComparison.Ordinal)
            ? text["nextval(".Length..^1]
            : $"pg_get_serial_sequence({SqlDialect.QuoteText(table)}, {SqlDialect.QuoteText(column.Name)})";
        return new LoadFault(
            fault.Code,
            $"{fault.Problem}, and the sequence of column '{column.Name}' gave a number that a row has which brought its own",
            $"Set the sequence behind the numbers that are there: SELECT setval({sequence}, (SELECT max({PostgresNames.Quote(column.Name)}) FROM {table})).",
            fault.InnerException)
        {
            IsRow = fault.IsRow,
            RowOrdinal = fault.RowOrdinal,
            Column = fault.Column,
            Constraint = constraint,
            Location = fault.Location,
            SqlState = fault.SqlState,
            Value = fault.Value,
        };
    }
}
