using System.Data.Common;
using Sluice.Providers;
using Sluice.Reading.Readers;

namespace Sluice;

/// <summary>The verb for code that takes a <see cref="DbDataReader"/>.</summary>
public static class ReaderVerbs
{
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
}
