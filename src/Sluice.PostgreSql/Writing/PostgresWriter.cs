using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>What every way of COPY shares: which row stands at which line, and what an error means.</summary>
abstract class PostgresWriter<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate) : ChunkWriter<T>
{
    // A COPY this long is ended and the next one begun: the driver hears of an error only at a COPY's end.
    private protected const long RestartAt = 48L << 20;

    RowChunk<T>? _chunk;

    private protected ServerSession Session => session;

    private protected BulkPlan Plan => plan;

    private protected RowShape<T> Shape => shape;

    private protected LineMap Lines { get; } = new();

    /// <summary>Whether the server is asked how many rows it stored: without triggers COPY stores every row that it takes.</summary>
    internal bool CountsStored { get; set; }

    long _before;
    long _stored;

    /// <summary>Notes what is in the table before a COPY. Others may store rows in it between two COPYs of one transaction.</summary>
    private protected async ValueTask BeginCountAsync(CancellationToken cancellationToken)
    {
        if (CountsStored)
            _before = await StoredRows.CountAsync(session, plan.Table, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the rows that a COPY stored.</summary>
    private protected async ValueTask EndCountAsync(CancellationToken cancellationToken)
    {
        var stored = CountsStored
            ? await StoredRows.CountAsync(session, plan.Table, cancellationToken).ConfigureAwait(false) - _before
            : Lines.Lines;
        _stored += Math.Min(Lines.Lines, stored);
    }

    /// <summary>The rows that were stored since it was last asked for.</summary>
    private protected RowFates TakeStored()
    {
        var stored = _stored;
        _stored = 0;
        return new RowFates(stored);
    }

    /// <summary>Whether the rows go to the plan's own table, which must then be as the plan knows it.</summary>
    internal bool Confirms { get; set; }

    private protected Task ConfirmAsync(CancellationToken cancellationToken) =>
        Confirms ? CatalogAccess.ConfirmAsync(session, plan.Table, cancellationToken) : Task.CompletedTask;

    private protected void Add(RowChunk<T> chunk)
    {
        _chunk = chunk;
        Lines.Add(chunk);
    }

    public sealed override ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        _chunk = null;
        return EndAsync(cancellationToken);
    }

    /// <summary>Ends the COPY that is open, if one is.</summary>
    private protected abstract ValueTask EndAsync(CancellationToken cancellationToken);

    /// <summary>The fault of a value that an encoder refused.</summary>
    private protected LoadFault Refuse(ValueException refused, RowChunk<T> chunk, int index, int field) =>
        LoadFault.From(refused, plan, shape, chunk, index, field, locate);

    /// <summary>The fault that the driver or the server reported while the COPY was open.</summary>
    private protected LoadFault Explain(Exception failure)
    {
        if (failure is not PostgresException refused)
            return session.Driver.Explain(failure);
        if (Spread.Is(plan.Table))
            return CollidedNumber.Explain(ServerFault.OfCopy(refused, plan.Table), plan);
        var (line, column) = ServerFault.Place(refused);
        var ordinal = line is null ? null : Lines.OrdinalOf(line.Value);
        return CollidedNumber.Explain(ServerFault.From(refused, ordinal, column, ordinal is null ? null : Locate(ordinal.Value)), plan);
    }

    // Only the chunk at hand still has its rows; a row before it is known by its number.
    string? Locate(long ordinal)
    {
        for (var i = 0; _chunk is not null && i < _chunk.Count; i++)
        {
            if (_chunk.OrdinalOf(i) == ordinal)
                return locate(_chunk.Rows[i]);
        }
        return null;
    }

    /// <summary>Whether a failure came from the server or the connection, rather than from our own code.</summary>
    private protected static bool IsServers(Exception failure) => DriverCalls.IsDrivers(failure);
}
