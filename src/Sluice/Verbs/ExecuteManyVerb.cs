using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Statements;

namespace Sluice;

/// <summary>Runs a statement for every row of a source.</summary>
public static class ExecuteManyVerb
{
    const DynamicallyAccessedMemberTypes RowMembers = Verb.RowMembers;

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
}
