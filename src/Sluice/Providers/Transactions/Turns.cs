namespace Sluice.Providers.Transactions;

/// <summary>Whose turn it is on a transaction's one connection: whoever needs it waits here for the one that has it.</summary>
/// <remarks>
/// A turn is held while the database is waited for, and never while a source or a consumer is: so a load may read what the same transaction
/// streams, and nobody waits for itself. A transaction within another has turns of its own and takes the outer one's within them.
/// A writer may leave something open on the connection, which is ended when another one gets the turn. Rows that come as the database sends
/// them cannot be ended so: they occupy the connection, and everybody else is refused.
/// </remarks>
/// <param name="savepoints">What the names of the savepoints begin with.</param>
/// <param name="hasEnded">Whether the transaction was ended from outside; null where it cannot be.</param>
sealed class Turns(string savepoints, Func<bool>? hasEnded = null)
{
    readonly SemaphoreSlim _one = new(1, 1);
    readonly List<OpenReader> _readers = [];
    readonly List<Func<ValueTask>> _due = [];
    OpenReader? _occupant;
    WriteTurns? _left;
    bool _ended;

    /// <summary>The parts that can be undone by themselves. Used by whoever has the turn.</summary>
    internal Scopes Scopes { get; } = new(savepoints);

    /// <summary>Waits for the turn.</summary>
    /// <param name="by">The reader or writer that asks, if it is one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BulkPlanException">Another reader occupies the connection.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended.</exception>
    internal ValueTask<Turn> TakeAsync(CancellationToken cancellationToken, object? by = null)
    {
        Require(by);
        var waiting = _one.WaitAsync(cancellationToken);
        return waiting.IsCompletedSuccessfully && (_left is null || _left == by) && !IsRefused(by)
            ? new ValueTask<Turn>(new Turn(_one))
            : WaitAsync(waiting, by);
    }

    async ValueTask<Turn> WaitAsync(Task waiting, object? by)
    {
        await waiting.ConfigureAwait(false);
        return await BeginAsync(by, ends: false).ConfigureAwait(false);
    }

    async ValueTask<Turn> BeginAsync(object? by, bool ends)
    {
        var turn = new Turn(_one);
        try
        {
            if (!ends)
                Require(by);
            if (_left is { } left && left != by)
            {
                _left = null;
                await left.EndLeftAsync().ConfigureAwait(false);
            }
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    bool HasEnded => _ended || hasEnded?.Invoke() is true;

    bool IsRefused(object? by) => HasEnded || (_occupant is { } other && other != by);

    void Require(object? by)
    {
        if (HasEnded)
            throw TransactionProblems.TransactionEnded();
        if (IsRefused(by))
            throw TransactionProblems.Occupied();
    }

    /// <summary>Waits for the turn to end something, which is never refused.</summary>
    internal async ValueTask<Turn> TakeToEndAsync(object? by = null)
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        return await BeginAsync(by, ends: true).ConfigureAwait(false);
    }

    /// <summary>Notes that a writer may leave something open; null where nothing is. Said in its turn.</summary>
    internal void Leave(WriteTurns? writer) => _left = writer;

    /// <summary>Notes a reader that is about to read. Said in its turn.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="occupies">Whether nobody else can use the connection before it is closed.</param>
    internal void Open(OpenReader reader, bool occupies)
    {
        if (!_readers.Contains(reader))
            _readers.Add(reader);
        if (occupies)
            _occupant = reader;
    }

    /// <summary>Closes a reader, and does what had to wait for its end. Said in a turn.</summary>
    internal async ValueTask CloseAsync(OpenReader reader)
    {
        _readers.Remove(reader);
        if (_occupant is not null && _occupant != reader)
        {
            _due.Add(reader.EndAsync);
            return;
        }
        _occupant = null;
        await reader.EndAsync().ConfigureAwait(false);
        foreach (var end in _due)
            await end().ConfigureAwait(false);
        _due.Clear();
    }

    /// <summary>Undoes what a load did, as soon as the connection is free. Said in a turn.</summary>
    internal async ValueTask UndoAsync(BulkSession session, Scope scope)
    {
        if (_ended)
            return;
        if (_occupant is not null)
        {
            _due.Add(() => UndoAsync(session, scope));
            return;
        }
        try
        {
            await Scopes.UndoAsync(session, scope).ConfigureAwait(false);
        }
        catch (LoadFault)
        {
            // The connection or the transaction is gone, and with it what was to be undone. What ended it is on its way to the caller.
        }
    }

    /// <summary>Closes all readers: the transaction ends. Said in a turn.</summary>
    internal async ValueTask EndAsync()
    {
        // The one that occupies the connection goes first.
        if (_occupant is { } occupant)
            await CloseAsync(occupant).ConfigureAwait(false);
        while (_readers.Count > 0)
            await CloseAsync(_readers[^1]).ConfigureAwait(false);
        _ended = true;
    }
}

/// <summary>A turn, which ends when it is disposed.</summary>
readonly struct Turn(SemaphoreSlim one) : IDisposable
{
    public void Dispose() => one.Release();
}
