using System.Runtime.CompilerServices;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Writing;

namespace Sluice.PostgreSql.Writing;

/// <summary>One statement over a few rows as arrays, which commits by itself.</summary>
static class AtOnceStatement
{
    // Plans of usual loads are kept, and with them the text; the arrays are its only parameters.
    static readonly ConditionalWeakTable<BulkPlan, string> s_texts = [];

    internal static async Task<RowFates> RunAsync(PostgresSession session, BulkPlan plan, SqlArray[] arrays, int rows, CancellationToken cancellationToken)
    {
        var statement = plan.Write!.Statement;
        var rendered = s_texts.TryGetValue(plan, out var text)
            ? new RenderedStatement(text, [.. arrays.Select(a => a.Parameter)])
            : Render(session, plan, arrays);
        if (statement is { Inserts: true, CanUpdate: true })
        {
            var isNew = await session.QueryAsync(rendered, new FlagShape(), cancellationToken).ConfigureAwait(false);
            var inserted = isNew.Count(static n => n);
            return new RowFates(inserted, isNew.Count - inserted, Unchanged: rows - isNew.Count);
        }
        var changed = await session.ExecuteAsync(rendered, cancellationToken).ConfigureAwait(false);
        return statement.Deletes ? new RowFates(0, Deleted: changed)
            : !statement.Inserts ? new RowFates(0, Updated: changed)
            : new RowFates(changed, Unchanged: statement.IgnoresConflicts ? rows - changed : 0);
    }

    static RenderedStatement Render(PostgresSession session, BulkPlan plan, SqlArray[] arrays)
    {
        var statement = plan.Write!.Statement;
        SqlExpr[] returning = statement is { Inserts: true, CanUpdate: true } ? [SetStatement.IsNew(session, plan.Table)!.As("is_new")] : [];
        var rendered = session.Dialect.Render(statement.Over(Sql.Unnest("sluice_rows", arrays), [], returning));
        if (rendered.Parameters.Select(p => p.Value).SequenceEqual(arrays.Select(a => a.Parameter.Value), ReferenceEqualityComparer.Instance))
            s_texts.AddOrUpdate(plan, rendered.Text);
        return rendered;
    }

    sealed class FlagShape : ResultShape<bool>
    {
        public override void Bind(IReadOnlyList<string> columns)
        {
        }

        public override bool Read<TReader>(ref TReader reader) => reader.Get<bool>(0);
    }
}
