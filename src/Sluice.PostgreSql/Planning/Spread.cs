using Npgsql;
using Sluice.Planning;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Planning;

/// <summary>Tables that Citus keeps on several servers: what the one that is asked does not do for them, or counts otherwise.</summary>
/// <remarks>
/// The tag of INSERT … SELECT … ON CONFLICT counts the rows that were selected, and the statistics of a transaction count none, so rows are
/// counted by what was returned. A join that locks is refused. A temporary table is on one server alone: a statement takes its rows along
/// where the table's rows are spread, but not where each server has all. What is planned nowhere is refused before rows are sent.
/// </remarks>
static class Spread
{
    internal const TableTraits Any = TableTraits.Distributed | TableTraits.Replicated;

    internal static bool Is(Table table) => (table.Traits & Any) != 0;

    /// <summary>Whether a statement's rows cannot come from a temporary table.</summary>
    internal static bool TakesNoStaging(Table table, WriteRequest write) =>
        table.Traits.HasFlag(TableTraits.Replicated) && (!write.Statement.Inserts || write.RemovesOthers);

    /// <summary>The order that a change's rows can be locked in.</summary>
    internal static RowOrder Order(Table table, WriteRequest write, RowOrder wanted) =>
        table.Traits.HasFlag(TableTraits.Distributed) && !write.Statement.Inserts ? RowOrder.AsGiven : wanted;

    /// <summary>The rows that a sync keeps. A subquery's temporary table is not taken along, but a CTE's is.</summary>
    internal static SqlFrom Kept(Table table, SqlFrom staged, IReadOnlyList<Column> key) =>
        staged is Table && Is(table)
            ? Select([.. key.Select(c => staged[c].As(c.Name))]).From(staged).AsCte("kept").Materialized()
            : staged;

    /// <summary>The statement, and how many rows it wrote.</summary>
    internal static SqlSelect Counting(RowsStatement statement, SqlFrom source, IReadOnlyList<Column> order)
    {
        var written = statement.Over(source, order, Literal(1).As("one")).AsCte("written");
        return Select(Count().As("n")).From(written);
    }

    /// <summary>Whether the server spreads tables over others. Asked only for statements that it counts otherwise.</summary>
    internal static async Task<bool> IsHereAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')", connection);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>The same statement, which returns a row for each that it wrote.</summary>
    internal static RenderedStatement Returning(RenderedStatement statement) => statement with { Text = statement.Text + " RETURNING 1" };

    /// <summary>Whether a plan's time is sent as a value, for existing rows are not changed by what is no constant.</summary>
    internal static bool SendsTime(BulkPlan plan) => Is(plan.Table) && plan.Write!.Statement.ChangesByTime;

    /// <summary>The statement in a form that tells how many rows it changed, wherever the tables are.</summary>
    internal static async ValueTask<RenderedStatement> CountableAsync(NpgsqlConnection connection, RenderedStatement statement,
        CancellationToken cancellationToken) =>
        statement.CountsOnlyByItself && await IsHereAsync(connection, cancellationToken).ConfigureAwait(false)
            ? Returning(statement)
            : statement;
}
