using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Writing;

namespace Sluice.PostgreSql.Writing;

/// <summary>One statement over a few rows as arrays, which commits by itself.</summary>
static class AtOnceStatement
{
    // Fewer rows are counted faster by the statement itself than by questions before and after it.
    const int FewestAsked = 200;

    // Plans of usual loads are kept, and with them the text; the arrays are its only parameters.
    static readonly ConditionalWeakTable<BulkPlan, string> s_texts = [];
    static readonly ConditionalWeakTable<BulkPlan, string> s_countingTexts = [];

    internal static async Task<RowFates> RunAsync(PostgresSession session, BulkPlan plan, SqlArray[] arrays, int rows, CancellationToken cancellationToken)
    {
        var statement = plan.Write!.Statement;
        var isUpsert = statement is { Inserts: true, CanUpdate: true };
        if (isUpsert && (rows < FewestAsked || !UpsertCount.CanTell(plan.Table)))
        {
            var counting = Render(s_countingTexts, session, plan, arrays, source => SetStatement.Counting(plan, source, [], SetStatement.IsNew(session, plan.Table)!));
            var numbers = (await session.QueryAsync(counting, new NumbersShape(), cancellationToken).ConfigureAwait(false))[0];
            return new RowFates(numbers[1], numbers[0] - numbers[1], Unchanged: rows - numbers[0]);
        }
        var rendered = Render(s_texts, session, plan, arrays, source => statement.Over(source, []));
        if (isUpsert)
        {
            var (written, updated) = await session.CountUpsertAsync(plan.Table, rendered, cancellationToken).ConfigureAwait(false);
            return updated is { } known ? new RowFates(written - known, known, Unchanged: rows - written) : throw Throw.Uncounted(plan.Table, rows);
        }
        var changed = await session.ExecuteAsync(rendered, cancellationToken).ConfigureAwait(false);
        return statement.Deletes ? new RowFates(0, Deleted: changed)
            : !statement.Inserts ? new RowFates(0, Updated: changed)
            : new RowFates(changed, Unchanged: statement.IgnoresConflicts ? rows - changed : 0);
    }

    static RenderedStatement Render(
        ConditionalWeakTable<BulkPlan, string> texts, PostgresSession session, BulkPlan plan, SqlArray[] arrays, Func<SqlFrom, SqlStatement> statement)
    {
        if (texts.TryGetValue(plan, out var text))
            return new RenderedStatement(text, [.. arrays.Select(a => a.Parameter)]);
        var rendered = session.Dialect.Render(statement(Sql.Unnest("sluice_rows", arrays)));
        if (rendered.Parameters.Select(p => p.Value).SequenceEqual(arrays.Select(a => a.Parameter.Value), ReferenceEqualityComparer.Instance))
            texts.AddOrUpdate(plan, rendered.Text);
        return rendered;
    }
}
