using Sluice.Providers;
using Sluice.Reading;
using Sluice.Statements;

namespace Sluice;

/// <summary>Opens what a database holds as a source of rows.</summary>
public static class SourceVerbs
{
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
}
