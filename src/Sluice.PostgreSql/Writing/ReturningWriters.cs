using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Chooses how rows are written of which something is to be told.</summary>
static class ReturningWriters
{
    internal static ReturningWriter<T, TValue> Open<T, TValue>(
        ServerSession session, BulkPlan plan, RowShape<T> shape, ReturningRequest<TValue> returning, RowLocator<T> locate)
    {
        session.Transaction.Enter(plan);
        if (plan.Path is DefaultRowsPath)
            return new DefaultsReturningWriter<T, TValue>(session, plan, returning, locate);
        var write = plan.Write!;
        var isPlainInsert = write.Statement is { Inserts: true, CanUpdate: false, IgnoresConflicts: false };
        var numbered = isPlainInsert
            ? plan.Table.Columns.FirstOrDefault(c => SequenceNumbers.Number(c) && plan.Columns.All(p => p.Target.Name != c.Name))
            : null;
        var isNumberAll = numbered is not null && returning.Columns is [var only] && only.Name == numbered.Name
            && typeof(TValue).IsPrimitive;
        // A trigger may give a row another number than it was sent with.
        if (isNumberAll && (plan.Table.Traits & (TableTraits.Triggers | TableTraits.RowSecurity | TableTraits.View | TableTraits.Foreign | Spread.Any)) == 0)
            return new NumberedWriter<T, TValue>(session, plan, shape, numbered!, locate);
        if (numbered is null && write.Key.Count == 0)
            throw WayProblems.NotNumbered(plan.Table, returning.Columns[0]);
        return plan.Table.Traits.HasFlag(TableTraits.NoStaging)
            && plan.Columns.FirstOrDefault(c => !ArrayColumns.Takes(c.Target.Type)) is { } odd
            ? throw WayProblems.NotInArray(plan.Table, odd.Target)
            : new OutcomeWriter<T, TValue>(session, plan, shape, returning, write.Key.Count == 0 ? numbered : null, locate);
    }
}
