using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Loading;

/// <summary>Decides an insert without running it.</summary>
sealed class InsertPlanning(Database engine, Table target, BulkOptions options, CancellationToken cancellationToken) : IRowSourceVisitor<BulkPlan>
{
    public async Task<BulkPlan> VisitAsync<T>(RowSource<T> source)
    {
        await using var disposal = (await engine.OpenSessionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false, out var session);
        var table = await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false);
        return session.PlanInsert(new PlanRequest(source.Name, source.Bind(table).Fields, table, options));
    }
}
