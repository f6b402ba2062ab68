using System.Data;
using System.Net.Sockets;
using Npgsql;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Faults;

/// <summary>The one place where a failure of the driver becomes one of ours.</summary>
/// <param name="target">Where the connection leads, for messages.</param>
/// <param name="connection">The connection, which tells whether it is still there.</param>
sealed class DriverCalls(string target, NpgsqlConnection connection)
{
    /// <summary>Whether a failure is the driver's or the server's: everything but a token's, and what Sluice says itself.</summary>
    internal static bool IsDrivers(Exception failure) =>
        failure is not (OperationCanceledException or BulkException or LoadFault or ValueException or UnknownType or OutOfMemoryException);

    /// <summary>Whether a failure means that the connection is of no more use.</summary>
    internal bool IsEnd(Exception failure) =>
        IsDrivers(failure) && (failure is NpgsqlException or IOException or SocketException or TimeoutException || !IsThere);

    /// <summary>Whether the connection is of use.</summary>
    internal bool IsThere => connection.FullState is not (ConnectionState.Closed or ConnectionState.Broken);

    /// <summary>Runs what uses the connection, and tells its failures as faults.</summary>
    internal async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsDrivers(failure))
        {
            throw Explain(failure);
        }
    }

    /// <summary>Runs what commits by itself: without its answer nobody knows whether it has.</summary>
    internal async Task<TResult> RunAloneAsync<TResult>(Func<Task<TResult>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (LoadFault lost) when (lost.IsLost)
        {
            throw SessionProblems.StatementUnknown(target, lost.InnerException!);
        }
        // The server did not heed it, and the driver gave the connection up.
        catch (OperationCanceledException cancelled) when (!IsThere)
        {
            throw SessionProblems.StatementUnknown(target, cancelled);
        }
        catch (LoadFault unread) when (unread.IsNotCarried)
        {
            // Perhaps it was the answer that could not be read.
            throw SessionProblems.NotCarried(unread.InnerException!, mayHaveRun: true);
        }
    }

    /// <summary>What a failure means.</summary>
    internal LoadFault Explain(Exception failure) => failure switch
    {
        PostgresException refused => ServerFault.From(refused, null, refused.ColumnName, null),
        NpgsqlOperationInProgressException => ServerProblems.InUse(failure),
        NpgsqlException or IOException or SocketException or TimeoutException => ServerProblems.Lost(target, failure),
        _ when !IsThere => ServerProblems.Lost(target, failure),
        InvalidOperationException when connection.FullState is not ConnectionState.Open => ServerProblems.InUse(failure),
        _ => SessionProblems.NotCarried(failure),
    };
}

/// <summary>A result has a type that was made after the driver asked the server for its types. Told before any row is made.</summary>
sealed class UnknownType(string column) : Exception($"The type of column '{column}' is unknown.")
{
    internal string Column => column;
}
