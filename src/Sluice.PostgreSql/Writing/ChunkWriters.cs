using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Opens the writer that a plan needs.</summary>
static class ChunkWriters
{
    internal static ChunkWriter<T> Open<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate)
    {
        session.Transaction.Enter(plan);
        session.Lease.Use = $"a load into '{plan.Table.QualifiedName}'";
        if (plan.Path is DefaultRowsPath)
            return new DefaultsWriter<T>(session, plan, locate);
        if (plan.Path is SetPath)
            return new SetWriter<T>(session, plan, shape, locate);
        var copy = OpenCopy(session, plan, shape, locate);
        copy.Confirms = true;
        copy.CountsStored = plan.Table.Traits.HasFlag(TableTraits.Suppressing);
        return copy;
    }

    /// <summary>Opens the form of COPY that a plan says.</summary>
    internal static PostgresWriter<T> OpenCopy<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate,
        RowNumbers? numbers = null) =>
        ((CopyPath)plan.Path).Format switch
        {
            CopyFormat.Driver => new ImporterWriter<T>(session, plan, shape, locate, numbers),
            CopyFormat.Text => new TextCopyWriter<T>(session, plan, shape, locate, numbers),
            _ => new CopyWriter<T>(session, plan, shape, locate, numbers),
        };
}
