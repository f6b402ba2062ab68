using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;
using Sluice.Reading;
using Sluice.Rows;

namespace Sluice;

/// <summary>Runs statements, and reads what they return as a whole.</summary>
public static class QueryVerbs
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

    /// <summary>Runs a statement.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="statement">Any statement without a place for rows.</param>
    /// <param name="cancellationToken">Stops the database's work.</param>
    /// <returns>How many rows it inserted, updated or deleted; of a query, how many it returned.</returns>
    /// <exception cref="BulkPlanException">The statement is not sound; thrown before anything is sent.</exception>
    /// <exception cref="BulkException">The database refused the statement. Outside a transaction nothing of it is kept.</exception>
    public static Task<long> ExecuteAsync(this SessionSource database, SqlStatement statement,
        CancellationToken cancellationToken = default) =>
        QueryRun.ExecuteAsync(database, statement, cancellationToken);

    /// <summary>Runs a statement and reads the rows that it returns.</summary>
    /// <typeparam name="T">
    /// A row type, whose columns are found by their names; a value, of the one column; a dictionary of the columns by name; or
    /// <c>object?[]</c>.
    /// </typeparam>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<T>> QueryAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, ResultShape.For<T>(), cancellationToken);

    /// <summary>Runs a statement and reads its two columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2)>> QueryAsync<T1, T2>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2>(), cancellationToken);

    /// <summary>Runs a statement and reads its three columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2, T3)>> QueryAsync<T1, T2, T3>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2, T3>(), cancellationToken);

    /// <summary>Runs a statement and reads its four columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2, T3, T4)>> QueryAsync<T1, T2, T3, T4>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2, T3, T4>(), cancellationToken);

    /// <summary>Runs a statement and reads its five columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2, T3, T4, T5)>> QueryAsync<T1, T2, T3, T4, T5>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2, T3, T4, T5>(), cancellationToken);

    /// <summary>Runs a statement and reads its six columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2, T3, T4, T5, T6)>> QueryAsync<T1, T2, T3, T4, T5, T6>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2, T3, T4, T5, T6>(), cancellationToken);

    /// <summary>Runs a statement and reads its seven columns.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static Task<IReadOnlyList<(T1, T2, T3, T4, T5, T6, T7)>> QueryAsync<T1, T2, T3, T4, T5, T6, T7>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default) =>
        QueryRun.ReadAsync(database, statement, new TupleShape<T1, T2, T3, T4, T5, T6, T7>(), cancellationToken);

    /// <summary>Runs a statement that returns exactly one row, and reads at most two.</summary>
    /// <exception cref="BulkException">It returned none, or several.</exception>
    /// <inheritdoc cref="QueryAsync{T}(SessionSource, SqlStatement, CancellationToken)"/>
    public static async Task<T> QuerySingleAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default)
    {
        var rows = await QueryRun.FirstAsync(database, statement, ResultShape.For<T>(), most: 2, cancellationToken).ConfigureAwait(false);
        return rows.Count == 1 ? rows[0] : throw ReadProblems.NotOneRow(rows.Count);
    }

    /// <summary>Runs a statement that returns one row or none, and reads at most two.</summary>
    /// <returns>The row, or the type's default where there is none.</returns>
    /// <exception cref="BulkException">It returned several.</exception>
    /// <inheritdoc cref="QueryAsync{T}(SessionSource, SqlStatement, CancellationToken)"/>
    public static async Task<T?> QuerySingleOrDefaultAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default)
    {
        var rows = await QueryRun.FirstAsync(database, statement, ResultShape.For<T>(), most: 2, cancellationToken).ConfigureAwait(false);
        return rows.Count switch { 0 => default, 1 => rows[0], var count => throw ReadProblems.NotOneRow(count) };
    }

    /// <summary>Runs a statement and reads the first row that it returns.</summary>
    /// <returns>The row, or the type's default where there is none.</returns>
    /// <inheritdoc cref="QueryAsync{T}(SessionSource, SqlStatement, CancellationToken)"/>
    public static async Task<T?> QueryFirstOrDefaultAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, CancellationToken cancellationToken = default)
    {
        var rows = await QueryRun.FirstAsync(database, statement, ResultShape.For<T>(), most: 1, cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Runs a statement and reads the first column of its first row.</summary>
    /// <returns>The value; where there is no row or the value is null, null or the type's zero.</returns>
    /// <inheritdoc cref="ExecuteAsync"/>
    public static async Task<T?> ScalarAsync<T>(this SessionSource database, SqlStatement statement,
        CancellationToken cancellationToken = default)
    {
        var rows = await QueryRun.FirstAsync(database, statement, new ScalarShape<T?>(first: true), most: 1,
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? default : rows[0];
    }
}
