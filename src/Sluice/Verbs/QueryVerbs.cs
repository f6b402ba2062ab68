using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Reading.Related;
using Sluice.Reading;
using Sluice.Rows;
using Sluice.Statements;

namespace Sluice;

/// <summary>Runs statements, once or for every row of a source, and reads what they return as a whole.</summary>
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

    /// <summary>Runs a statement for every row: one that inserts <c>Rows()</c>, or names <see cref="Sql.Row{T}"/>.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="statement">An INSERT, UPDATE or DELETE. It is not sent row by row where the database has a better way.</param>
    /// <param name="rows">Read once, in order. A source is disposed.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load, which is rolled back except for chunks committed before.</param>
    /// <returns>Counts as the database reported them.</returns>
    /// <exception cref="BulkPlanException">
    /// The statement is not sound, or rows and table do not fit; thrown before anything is sent.
    /// </exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, except for chunks committed before.</exception>
    /// <exception cref="BulkException">
    /// The connection was lost or the server refused the load. Rolled back, except for what the message says.
    /// </exception>
    public static Task<BulkResult> ExecuteManyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExecuteManyAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExecuteManyAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> ExecuteManyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, IAsyncEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExecuteManyAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExecuteManyAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> ExecuteManyAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, ChannelReader<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExecuteManyAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExecuteManyAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkResult> ExecuteManyAsync(
        this SessionSource database, SqlStatement statement, RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.RunAsync(database, rows, TargetOf(statement), new StatementOperation(statement), options, cancellationToken);

    /// <summary>Decides how a statement would be run for rows, and reads and sends none of them.</summary>
    /// <returns>The plan, which prints itself.</returns>
    /// <inheritdoc cref="ExecuteManyAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> ExplainAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, IEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExplainAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExplainAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> ExplainAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, IAsyncEnumerable<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExplainAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExplainAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> ExplainAsync<[DynamicallyAccessedMembers(RowMembers)] T>(
        this SessionSource database, SqlStatement statement, ChannelReader<T> rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        database.ExplainAsync(statement, RowSource.From(rows), options, cancellationToken);

    /// <inheritdoc cref="ExplainAsync{T}(SessionSource, SqlStatement, IEnumerable{T}, BulkOptions?, CancellationToken)"/>
    public static Task<BulkPlan> ExplainAsync(
        this SessionSource database, SqlStatement statement, RowSource rows, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Verb.PlanAsync(database, rows, TargetOf(statement), new StatementOperation(statement), options, cancellationToken);

    /// <summary>Decides how a statement would be run for rows that bring the columns it names, before there are any.</summary>
    /// <param name="database">An engine, or a transaction.</param>
    /// <param name="statement">An INSERT, UPDATE or DELETE with a place for rows.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <returns>The plan, which prints itself.</returns>
    /// <exception cref="BulkPlanException">The statement is not sound; thrown before anything is sent.</exception>
    public static Task<BulkPlan> ExplainAsync(
        this SessionSource database, SqlStatement statement, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return database.ExplainAsync(statement, RowSource.From(new RowsStatement(statement).Columns, []), options, cancellationToken);
    }

    static Table TargetOf(SqlStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return (statement.Node as WriteNode)?.Target.Table ?? throw PlanProblems.NotForRows();
    }

    /// <summary>Reads related rows along with the rows, and gives them to the property that the relation stands for.</summary>
    /// <param name="query">The query, whose rows are of the relation's type.</param>
    /// <param name="relation">Such as <c>o.Lines</c>, filtered, ordered and with relations of its own as needed.</param>
    /// <param name="strategy">How they are read.</param>
    /// <remarks>
    /// Heeded by <c>QueryAsync</c> and the streams. A property for a list gets an empty one where there are no related rows, another one
    /// null.
    /// Statements see the rows of their own time, unless they run in a transaction that sees those of one.
    /// </remarks>
    public static SqlSelect Include(this SqlSelect query, Relation relation, IncludeStrategy strategy = IncludeStrategy.SelectIn)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(relation);
        return query.With(new Included(relation, strategy));
    }
}
