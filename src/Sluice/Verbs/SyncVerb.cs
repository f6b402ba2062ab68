using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice;

/// <summary>Makes a part of a table the same as the rows.</summary>
public static class SyncVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Upserts rows and removes the rows of the table within a scope that are not among them, all in one transaction.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once. A source is disposed.</param>
    /// <param name="scope">Which rows of the table the source stands for, such as <c>m.DeviceId == 7</c>. Others are never removed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">As for an upsert.</param>
    /// <param name="allowEmpty">Whether a source without rows may remove everything within the scope. Without it that is an error.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back.</param>
    /// <returns>The counts of the upsert, and in <see cref="BulkResult.Removed"/> the rows that were removed.</returns>
    /// <exception cref="BulkPlanException">
    /// The table has no such unique key, or rows and table do not fit; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused, or two have one key. Rolled back.</exception>
    /// <exception cref="BulkException">
    /// The connection was lost or the server refused the load. Rolled back, except for what the message says.
    /// </exception>
    public static Task<BulkResult> SyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null, bool allowEmpty = false,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.SyncAsync(RowSource.From(rows), scope, table, on, allowEmpty, options, cancellationToken);

    /// <inheritdoc cref="SyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, bool, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> SyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null, bool allowEmpty = false,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.SyncAsync(RowSource.From(rows), scope, table, on, allowEmpty, options, cancellationToken);

    /// <inheritdoc cref="SyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, bool, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> SyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null, bool allowEmpty = false,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.SyncAsync(RowSource.From(rows), scope, table, on, allowEmpty, options, cancellationToken);

    /// <inheritdoc cref="SyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, bool, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> SyncAsync(
        this SessionSource database, RowSource rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null, bool allowEmpty = false,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, table, new SyncOperation(on, scope, allowEmpty), options, cancellationToken);

    /// <summary>Decides how rows would be synced, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="SyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, bool, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanSyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanSyncAsync(RowSource.From(rows), scope, table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanSyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanSyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanSyncAsync(RowSource.From(rows), scope, table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanSyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanSyncAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanSyncAsync(RowSource.From(rows), scope, table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanSyncAsync{T}(SessionSource, IEnumerable{T}, SqlBool, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanSyncAsync(
        this SessionSource database, RowSource rows, SqlBool scope, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, table, new SyncOperation(on, scope, allowEmpty: true), options, cancellationToken);
}
