using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;
using Sluice.Reading.Pipelines;
using Sluice.Reading.Readers;
using Sluice.Reading;
using Sluice.Rows;
using Sluice.Statements;

namespace Sluice;

/// <summary>
/// Reads rows while they are consumed, in flat memory: as .NET's values, as a data reader, or as a source; and makes rows of rows.
/// </summary>
public static class StreamVerbs
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Reads a query's rows while they are consumed, in flat memory.</summary>
    /// <typeparam name="T">As for <see cref="QueryVerbs.QueryAsync{T}(SessionSource, SqlStatement, CancellationToken)"/>.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="query">Any query, or text that returns rows.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <returns>The rows, or by <see cref="RowStream{T}.Batches"/> lists of them. Nothing is sent before they are enumerated.</returns>
    /// <exception cref="BulkPlanException">The statement writes.</exception>
    public static RowStream<T> StreamAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<T>.Of(database, query, ResultShape.For<T>, options, cancellationToken);

    /// <summary>Reads a query's two columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2)> StreamAsync<T1, T2>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2)>.Of(database, query, static () => new TupleShape<T1, T2>(), options, cancellationToken);

    /// <summary>Reads a query's three columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2, T3)> StreamAsync<T1, T2, T3>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3)>.Of(database, query, static () => new TupleShape<T1, T2, T3>(), options, cancellationToken);

    /// <summary>Reads a query's four columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2, T3, T4)> StreamAsync<T1, T2, T3, T4>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3, T4)>.Of(database, query, static () => new TupleShape<T1, T2, T3, T4>(), options, cancellationToken);

    /// <summary>Reads a query's five columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2, T3, T4, T5)> StreamAsync<T1, T2, T3, T4, T5>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3, T4, T5)>.Of(database, query, static () => new TupleShape<T1, T2, T3, T4, T5>(), options, cancellationToken);

    /// <summary>Reads a query's six columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2, T3, T4, T5, T6)> StreamAsync<T1, T2, T3, T4, T5, T6>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3, T4, T5, T6)>.Of(database, query, static () => new TupleShape<T1, T2, T3, T4, T5, T6>(), options,
            cancellationToken);

    /// <summary>Reads a query's seven columns while they are consumed.</summary>
    /// <inheritdoc cref="StreamAsync{T}(SessionSource, SqlStatement, StreamOptions?, CancellationToken)"/>
    public static RowStream<(T1, T2, T3, T4, T5, T6, T7)> StreamAsync<T1, T2, T3, T4, T5, T6, T7>(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        RowStream<(T1, T2, T3, T4, T5, T6, T7)>.Of(database, query, static () => new TupleShape<T1, T2, T3, T4, T5, T6, T7>(), options,
            cancellationToken);

    /// <summary>
    /// Reads a query's rows in the order of a key, a page at a time, and holds neither transaction nor connection between pages.
    /// </summary>
    /// <typeparam name="T">As for <see cref="QueryVerbs.QueryAsync{T}(SessionSource, SqlStatement, CancellationToken)"/>.</typeparam>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="query">
    /// A SELECT without DISTINCT, GROUP BY, LIMIT and window functions; the key's order takes the place of its own.
    /// </param>
    /// <param name="key">
    /// A column without nulls; <c>column.Desc()</c> for the largest first. Where several rows have one value, the primary key orders them.
    /// </param>
    /// <param name="pageSize">The rows of a page.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <remarks>
    /// Each page sees the rows of its own time: rows that others insert before the last page's end are not seen, those behind it are.
    /// </remarks>
    /// <exception cref="BulkPlanException">The query cannot be cut into pages, or the key may be null.</exception>
    public static RowStream<T> StreamByKeyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlSelect query, SqlOrder key, int pageSize = 1_000, CancellationToken cancellationToken = default) =>
        database.StreamByKeyAsync<T>(query, [key ?? throw new ArgumentNullException(nameof(key))], pageSize, cancellationToken);

    /// <summary>Reads a query's rows in the order of a key of several columns, a page at a time.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="query">
    /// A SELECT without DISTINCT, GROUP BY, LIMIT and window functions; the key's order takes the place of its own.
    /// </param>
    /// <param name="keys">Columns without nulls, each in its own direction.</param>
    /// <param name="pageSize">The rows of a page.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <inheritdoc cref="StreamByKeyAsync{T}(SessionSource, SqlSelect, SqlOrder, int, CancellationToken)"/>
    public static RowStream<T> StreamByKeyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlSelect query, IReadOnlyList<SqlOrder> keys, int pageSize = 1_000, CancellationToken cancellationToken = default) =>
        RowStream<T>.ByKey(database, query, keys, ResultShape.For<T>, pageSize, cancellationToken);

    /// <summary>
    /// Reads a query's rows while they are consumed, as a data reader: for another library's bulk copy, for <c>DataTable.Load</c>, for
    /// <c>RowSource.From</c>.
    /// </summary>
    /// <remarks>
    /// It streams as <c>StreamAsync</c> does, in flat memory. Values have the types that the query says, whatever the database keeps them
    /// as: a time that a database keeps as text comes as a time. Of text of one's own its first values say it, unless <c>Returns</c> does.
    /// Values asked for by their type are not boxed, numbers of another type are converted where nothing is lost, and rows are forward
    /// only. Closed early, the database's work is stopped.
    /// </remarks>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="query">Any query, or text that returns rows.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops the database's work, also while rows are read.</param>
    /// <returns>A reader before its first row, whose first batch has come. Dispose it.</returns>
    /// <exception cref="BulkPlanException">The query is not sound; thrown before anything is sent.</exception>
    /// <exception cref="BulkException">The database refused the query, or the connection was lost.</exception>
    public static async Task<DbDataReader> ExecuteReaderAsync(
        this SessionSource database, SqlQuery query, StreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(query);
        var reader = new StreamDataReader(database, query, options ?? StreamOptions.Default, cancellationToken);
        try
        {
            await reader.OpenAsync().ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a table's rows as a source, to write them to another database, table or file.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="table">As <see cref="Database.ReadTableAsync"/> describes it. Columns that the database computes are left out.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The rows, which are read when they are written. A load disposes them.</returns>
    /// <exception cref="BulkException">The database refused the query, or no connection could be had.</exception>
    public static Task<DatabaseRows> OpenRowsAsync(
        this SessionSource database, Table table, StreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Columns.Where(c => c.Generated is not Generated.Computed).Select(c => (SqlExpr)table[c]);
        return DatabaseRows.OpenAsync(database, Sql.Select([.. columns]).From(table), table, options, cancellationToken);
    }

    /// <summary>Opens a query's rows as a source, to write them to another database, table or file.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="query">Any query, or text that can stand in parentheses behind FROM.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="BulkPlanException">The statement writes, or two columns have one name.</exception>
    /// <inheritdoc cref="OpenRowsAsync(SessionSource, Table, StreamOptions?, CancellationToken)"/>
    public static Task<DatabaseRows> OpenRowsAsync(
        this SessionSource database, SqlStatement query, StreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(query);
        return query.Node is QueryNode
            ? DatabaseRows.OpenAsync(database, query, table: null, options, cancellationToken)
            : throw ReadProblems.StreamWrites();
    }

    const int BatchRows = 128;

    /// <summary>Makes a row of each row, several at a time, and gives them in the order of the source.</summary>
    /// <remarks>
    /// Rows are read, made and given on in batches; nothing is read before the result is enumerated. No more than 2 ×
    /// <paramref name="degree"/> ×
    /// <paramref name="batchRows"/> rows, and one, are on their way at a time, however slow the consumer. A source that makes its reader
    /// wait has the rows before handed on. Where making a row fails, reading stops at once, the rows before it are given, and then the
    /// exception is thrown; the same for an exception of the source. Left early or cancelled, the source is stopped and disposed, and calls
    /// that run are waited for.
    /// </remarks>
    /// <typeparam name="T">The rows of the source.</typeparam>
    /// <typeparam name="TOut">The rows that are made.</typeparam>
    /// <param name="rows">
    /// Any source: a <see cref="RowStream{T}"/>, a file, an iterator. Enumerated once for each enumeration of the result.
    /// </param>
    /// <param name="transform">Called by several threads at a time, once for each row.</param>
    /// <param name="degree">How many at a time; 0 for the number of processors.</param>
    /// <param name="batchRows">The rows of a batch. A small number where making one takes long, as with a call over the network.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Rows that <c>InsertAsync</c>, <c>UpsertAsync</c> and the other verbs take.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The degree is negative, or the rows of a batch are none.</exception>
    public static IAsyncEnumerable<TOut> TransformAsync<T, TOut>(
        this IAsyncEnumerable<T> rows, Func<T, TOut> transform, int degree = 0, int batchRows = BatchRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return Of<T, TOut>(rows, (batch, stop) => Make(batch, transform, stop), degree, batchRows, cancellationToken);
    }

    /// <param name="rows">Any source.</param>
    /// <param name="transform">
    /// Called by several threads at a time, once for each row; awaited before the next row of its batch. Its token ends the work of a row
    /// that nobody wants any more.
    /// </param>
    /// <param name="degree">How many at a time; 0 for the number of processors.</param>
    /// <param name="batchRows">The rows of a batch. A small number where making one takes long.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="TransformAsync{T, TOut}(IAsyncEnumerable{T}, Func{T, TOut}, int, int, CancellationToken)"/>
    public static IAsyncEnumerable<TOut> TransformAsync<T, TOut>(
        this IAsyncEnumerable<T> rows, Func<T, CancellationToken, ValueTask<TOut>> transform, int degree = 0, int batchRows = BatchRows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return Of<T, TOut>(rows, (batch, stop) => MakeAsync(batch, transform, stop), degree, batchRows, cancellationToken);
    }

    static TransformedRows<T, TOut> Of<T, TOut>(
        IAsyncEnumerable<T> rows, Func<TransformBatch<T, TOut>, CancellationToken, ValueTask> make, int degree, int batchRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        return new(rows, make, degree == 0 ? Environment.ProcessorCount : degree, batchRows, cancellationToken);
    }

    static ValueTask Make<T, TOut>(TransformBatch<T, TOut> batch, Func<T, TOut> transform, CancellationToken stop)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            batch.Make(transform(batch.Given(i)));
        }
        return ValueTask.CompletedTask;
    }

    static async ValueTask MakeAsync<T, TOut>(TransformBatch<T, TOut> batch, Func<T, CancellationToken, ValueTask<TOut>> transform,
        CancellationToken stop)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            batch.Make(await transform(batch.Given(i), stop).ConfigureAwait(false));
        }
    }
}
