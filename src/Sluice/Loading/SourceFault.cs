using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>
/// A source that fails, as the load tells it: with the source's own exception, the rows that were read, and later what was kept.
/// </summary>
static class SourceFault
{
    /// <summary>Reads from a source.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="room">Where they go.</param>
    /// <param name="before">How many were read before, by this load and by those that it continues.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LoadFault">The source failed with an exception that is none of Sluice's.</exception>
    internal static async ValueTask<int> ReadAsync<T>(RowSource<T> source, Memory<T> room, long before, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(room, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsForeign(failure))
        {
            throw Of(source, failure, before + source.AtHand);
        }
    }

    /// <summary>Whether a failure is of the caller's code: of what brings the rows, or of a row itself.</summary>
    internal static bool IsForeign(Exception failure) =>
        failure is not (OperationCanceledException or BulkException or LoadFault or ValueException or OutOfMemoryException)
            && !TransactionProblems.IsTransactionEnded(failure);

    internal static LoadFault Of(RowSource source, Exception failure, long read) => LoadProblems.SourceFailed(source.Name, failure, read);
}
