using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice;

/// <summary>Inserts rows and updates those whose key exists; hands each back where that is asked for, or removes the others.</summary>
public static class UpsertVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Inserts rows, and updates those whose key exists.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How existing rows are found and what happens to them. Null: found by the primary key, and every other column that the rows bring is
    /// updated.
    /// </param>
    /// <param name="options">
    /// Null for the defaults. Two rows of one key are an error unless <see cref="BulkOptions.Duplicates"/> says otherwise.
    /// </param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back except for chunks committed before.</param>
    /// <returns>How many rows were inserted, updated, left unchanged by the condition, or skipped.</returns>
    /// <exception cref="BulkPlanException">
    /// The table has no such key, or rows and table do not fit; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">
    /// A row was refused, or two have one key. Rolled back, except for chunks committed before.
    /// </exception>
    /// <exception cref="BulkException">
    /// The connection was lost or the server refused the load. Rolled back, except for what the message says.
    /// </exception>
    public static Task<BulkResult> UpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpsertAsync(
        this SessionSource database, RowSource rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, table, new UpsertOperation(on), options, cancellationToken);

    /// <summary>Decides how rows would be upserted, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="UpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpsertAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpsertAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpsertAsync(
        this SessionSource database, RowSource rows, Table? table = null, Func<UpsertTarget, UpsertTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, table, new UpsertOperation(on), options, cancellationToken);

    /// <summary>
    /// Upserts rows and hands each back with what became of it, also where it was left as it was, and what a column of it holds.
    /// </summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">The column's type.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How existing rows are found and what happens to them. Null: found by the primary key, and every other column that the rows bring is
    /// updated.
    /// </param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IEnumerable<T> rows, Column<TValue> column, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new UpsertOperation(on), options, cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, Column<TValue> column, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new UpsertOperation(on), options, cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, ChannelReader<T> rows, Column<TValue> column, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new UpsertOperation(on), options, cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<T, TValue>(
        this SessionSource database, RowSource<T> rows, Column<TValue> column, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, column, new UpsertOperation(on), options, cancellationToken);

    /// <summary>
    /// Upserts rows and hands each back with what became of it, also where it was left as it was, and what columns of it hold.
    /// </summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How existing rows are found and what happens to them. Null: found by the primary key, and every other column that the rows bring is
    /// updated.
    /// </param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new UpsertOperation(on), options,
            cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new UpsertOperation(on), options,
            cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, ChannelReader<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new UpsertOperation(on), options,
            cancellationToken);

    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, RowSource<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, columns, ResultShape.For<TValue>, new UpsertOperation(on), options, cancellationToken);

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
