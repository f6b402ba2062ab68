using System.Data.Common;

namespace Sluice;

/// <summary>A connection of the database's driver, on loan from an engine: for Dapper, or for commands of ADO.NET.</summary>
/// <remarks>
/// Dispose the loan and not the connection. What is open on it then is rolled back, and what was set in its session does not reach the
/// next holder. The connection is not used by the engine meanwhile; attach it to use the verbs on it.
/// </remarks>
public abstract class RentedConnection : IAsyncDisposable
{
    private protected RentedConnection()
    {
    }

    /// <summary>The connection, open.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Rolls back what is open, and gives the connection back to the engine.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A connection of a known driver, on loan from an engine.</summary>
/// <typeparam name="TConnection">The driver's connection.</typeparam>
/// <param name="connection">The connection, open.</param>
/// <param name="giveBack">Gives it back. Called once.</param>
public sealed class RentedConnection<TConnection>(TConnection connection, Func<TConnection, ValueTask> giveBack) : RentedConnection
    where TConnection : DbConnection
{
    bool _disposed;

    /// <inheritdoc/>
    public override TConnection Connection => _disposed ? throw new ObjectDisposedException(GetType().Name) : connection;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (_disposed)
            return ValueTask.CompletedTask;
        _disposed = true;
        return giveBack(connection);
    }
}
