using Sluice.Loading;
using Sluice.Planning;
using Sluice.Rows;

namespace Sluice;

/// <summary>How the verbs would go about rows: which way and why, in which order, by which statements. No row is read or sent.</summary>
public static class PlanVerbs
{
    /// <summary>Decides how rows would be upserted.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rows">Asked for its fields only, and left as it is.</param>
    /// <param name="on">As for the upsert.</param>
    /// <param name="table">The target, of which only the name counts. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <returns>The plan, which prints itself.</returns>
    /// <exception cref="BulkPlanException">The table has no such unique key, or rows and table do not fit.</exception>
    public static Task<BulkPlan> PlanUpsertAsync(
        this Database database, RowSource rows, Func<UpsertTarget, UpsertTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync(database, rows, table, new UpsertIntent(Database.Described(on)), options, cancellationToken);

    /// <summary>Decides how rows would be updated.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rows">Asked for its fields only, and left as it is.</param>
    /// <param name="on">As for the update.</param>
    /// <param name="table">The target, of which only the name counts. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <inheritdoc cref="PlanUpsertAsync"/>
    public static Task<BulkPlan> PlanUpdateAsync(
        this Database database, RowSource rows, Func<UpdateTarget, UpdateTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync(database, rows, table, new KeyedIntent(Database.Described(on), deletes: false), options, cancellationToken);

    /// <summary>Decides how rows would be deleted.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rows">Asked for its fields only, and left as it is.</param>
    /// <param name="on">As for the delete.</param>
    /// <param name="table">The target, of which only the name counts. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <inheritdoc cref="PlanUpsertAsync"/>
    public static Task<BulkPlan> PlanDeleteAsync(
        this Database database, RowSource rows, Func<UpdateTarget, UpdateTarget>? on = null, Table? table = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        PlanAsync(database, rows, table, new KeyedIntent(Database.Described(on), deletes: true), options, cancellationToken);

    /// <summary>Decides how rows would be synced.</summary>
    /// <param name="database">The database.</param>
    /// <param name="rows">Asked for its fields only, and left as it is.</param>
    /// <param name="scope">As for the sync.</param>
    /// <param name="on">As for the sync.</param>
    /// <param name="table">The target, of which only the name counts. Null for the source's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <inheritdoc cref="PlanUpsertAsync"/>
    public static Task<BulkPlan> PlanSyncAsync(
        this Database database, RowSource rows, SqlBool scope, Func<UpsertTarget, UpsertTarget>? on = null, Table? table = null, BulkOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return PlanAsync(database, rows, table, new SyncIntent(Database.Described(on), scope, allowEmpty: true), options, cancellationToken);
    }

    static Task<BulkPlan> PlanAsync(Database database, RowSource rows, Table? table, IWriteIntent intent, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        var target = table ?? rows.Table ?? throw Throw.SourceWithoutTable(rows.Name);
        return rows.Accept(new RowsPlanning(database, target, intent, options ?? BulkOptions.Default, cancellationToken));
    }
}
