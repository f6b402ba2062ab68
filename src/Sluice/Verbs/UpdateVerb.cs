using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice;

/// <summary>Updates existing rows by their key, and hands each back where that is asked for.</summary>
public static class UpdateVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Updates existing rows, found by their key; it never inserts. Columns that the rows do not bring stay as they are.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How rows are found and what is set. Null: found by the primary key, and every other column that the rows bring is set.
    /// </param>
    /// <param name="options">
    /// Null for the defaults. Two rows of one key are an error unless <see cref="BulkOptions.Duplicates"/> says otherwise.
    /// </param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back except for chunks committed before.</param>
    /// <returns>How many rows were updated; those whose key does not exist are <see cref="BulkResult.Skipped"/>.</returns>
    /// <exception cref="BulkPlanException">
    /// The table has no such key, or rows and table do not fit; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">
    /// A row was refused, or two have one key. Rolled back, except for chunks committed before.
    /// </exception>
    /// <exception cref="BulkException">
    /// The connection was lost or the server refused the load. Rolled back, except for what the message says.
    /// </exception>
    public static Task<BulkResult> UpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.UpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="UpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> UpdateAsync(
        this SessionSource database, RowSource rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, table, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <summary>Decides how rows would be updated, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="UpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpdateAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanUpdateAsync(RowSource.From(rows), table, on, options, cancellationToken);

    /// <inheritdoc cref="PlanUpdateAsync{T}(SessionSource, IEnumerable{T}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanUpdateAsync(
        this SessionSource database, RowSource rows, Table? table = null, Func<UpdateTarget, UpdateTarget>? on = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, table, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <summary>
    /// Updates rows and hands each back, those whose key does not exist as <see cref="RowAction.Skipped"/>, with what a column of it holds.
    /// </summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">The column's type.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How rows are found and what is set. Null: found by the primary key, and every other column that the rows bring is set.
    /// </param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IEnumerable<T> rows, Column<TValue> column, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, Column<TValue> column, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, ChannelReader<T> rows, Column<TValue> column, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<T, TValue>(
        this SessionSource database, RowSource<T> rows, Column<TValue> column, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, column, new KeyedOperation(on, deletes: false), options, cancellationToken);

    /// <summary>
    /// Updates rows and hands each back, those whose key does not exist as <see cref="RowAction.Skipped"/>, with what columns of it hold.
    /// </summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="on">
    /// How rows are found and what is set. Null: found by the primary key, and every other column that the rows bring is set.
    /// </param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new KeyedOperation(on, deletes: false),
            options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new KeyedOperation(on, deletes: false),
            options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, ChannelReader<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new KeyedOperation(on, deletes: false),
            options, cancellationToken);

    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, RowSource<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, columns, ResultShape.For<TValue>, new KeyedOperation(on, deletes: false), options,
            cancellationToken);
}
