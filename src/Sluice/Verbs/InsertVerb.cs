using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Loading.Graphs;
using Sluice.Loading;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice;

/// <summary>Inserts rows, and hands each back where that is asked for; and objects with those that they lead to.</summary>
public static class InsertVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Inserts rows into the table of their type, or into another one with the same columns.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back except for chunks committed before.</param>
    /// <returns>Counts as the database reported them.</returns>
    /// <exception cref="BulkPlanException">Rows and table do not fit; thrown before anything is sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    /// <exception cref="BulkException">
    /// The connection was lost or the server refused the load. Rolled back, except for what the message says.
    /// </exception>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.InsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> InsertAsync(
        this SessionSource database, RowSource rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, table, new InsertOperation(), options, cancellationToken);

    /// <summary>Decides how rows would be inserted, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="InsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, IAsyncEnumerable<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, ChannelReader<T> rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.PlanInsertAsync(RowSource.From(rows), table, options, cancellationToken);

    /// <inheritdoc cref="PlanInsertAsync{T}(SessionSource, IEnumerable{T}, Table?, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> PlanInsertAsync(
        this SessionSource database, RowSource rows, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, table, new InsertOperation(), options, cancellationToken);

    /// <summary>Inserts rows and hands each back with what the database stored for it.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">The column's type.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IEnumerable<T> rows, Column<TValue> column, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new InsertOperation(), options, cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IEnumerable<T> rows, Column<TValue> column, BulkOptions? options, CancellationToken cancellationToken = default) =>
        database.InsertReturningAsync(rows, column, table: null, options, cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, Column<TValue> column, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new InsertOperation(), options, cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, TValue>(
        this SessionSource database, ChannelReader<T> rows, Column<TValue> column, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, column, new InsertOperation(), options, cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, Column{TValue}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<T, TValue>(
        this SessionSource database, RowSource<T> rows, Column<TValue> column, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, column, new InsertOperation(), options, cancellationToken);

    /// <summary>Inserts rows and hands each back with what the database stored for it.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="table">The target, of which only the name counts: the catalog decides its columns. Null for the rows' own.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <returns>The rows in the order of the source. Nothing is sent before they are enumerated, which can be done once.</returns>
    /// <exception cref="BulkPlanException">
    /// Rows and table do not fit, or the database cannot tell which row has which value; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new InsertOperation(), options,
            cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, IAsyncEnumerable<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new InsertOperation(), options,
            cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(RowMembers)] T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, ChannelReader<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, RowSource.From(rows), table, columns, ResultShape.For<TValue>, new InsertOperation(), options,
            cancellationToken);

    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(SessionSource, IEnumerable{T}, IReadOnlyList{Column}, Table?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<T, [DynamicallyAccessedMembers(RowMembers)] TValue>(
        this SessionSource database, RowSource<T> rows, IReadOnlyList<Column> columns, Table? table = null,
        BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.Returning(database, rows, table, columns, ResultShape.For<TValue>, new InsertOperation(), options, cancellationToken);

    /// <summary>Inserts objects and everything that they lead to, each once: parents before children, in one transaction.</summary>
    /// <remarks>
    /// Properties whose types have [Table] lead to other rows, and so do lists of them. Which property of the child holds the parent's key
    /// is said by [ForeignKey] and [InverseProperty], or by its name: OrderId for a property Order, or for a list of a type Order. Keys
    /// that the database gives are written back to the objects and to their children's foreign keys. An object that has such a key already
    /// is taken to be in the database: it is referred to and not inserted. Where the load fails, the keys that it wrote are taken back.
    /// </remarks>
    /// <typeparam name="T">A class with a table.</typeparam>
    /// <param name="database">The database.</param>
    /// <param name="rows">The objects to start from.</param>
    /// <param name="options">Null for the defaults. The load is one transaction.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back.</param>
    /// <returns>Counts over all tables; the plan is that of the first one.</returns>
    /// <exception cref="BulkPlanException">
    /// The objects need each other's keys in a circle, a foreign key is not known, or one object is in two parents' lists. Nothing was
    /// sent.
    /// </exception>
    /// <exception cref="BulkRowException">
    /// A row was refused; its <see cref="BulkRowException.Location"/> is the way to it. Rolled back.
    /// </exception>
    [RequiresUnreferencedCode(GraphType.Reason)]
    [RequiresDynamicCode(GraphType.Reason)]
    public static async Task<BulkResult> InsertGraphAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this SessionSource database, IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= BulkOptions.Default;
        OptionCheck.Run(options);
        if (options.Commit != CommitPolicy.Atomic)
            throw GraphProblems.GraphInChunks();
        var graph = new Graph(rows);
        return await GraphLoad.RunAsync(database, graph, options, cancellationToken).ConfigureAwait(false)
            // There is nothing to insert: the result of an insert of nothing, with its plan.
            ?? await database.InsertAsync(RowSource.From(Array.Empty<T>()), options: options,
                cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
