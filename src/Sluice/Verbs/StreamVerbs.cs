using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice;

/// <summary>Reads a query's rows while they are consumed, in flat memory.</summary>
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
}
