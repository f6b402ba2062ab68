namespace Sluice.Providers.Transactions;

/// <summary>A reader in a transaction, which takes a turn for each batch and ends with the transaction at the latest.</summary>
abstract class OpenReader(Turns turns)
{
    bool _ended;

    /// <summary>Ends the reading. Said in a turn.</summary>
    internal async ValueTask EndAsync()
    {
        if (_ended)
            return;
        _ended = true;
        await EndOnceAsync().ConfigureAwait(false);
    }

    private protected abstract ValueTask EndOnceAsync();

    /// <summary>Ends the reading in a turn of its own, or behind the reader that has the connection for itself.</summary>
    internal async ValueTask CloseAsync()
    {
        if (_ended)
            return;
        using var turn = await turns.TakeToEndAsync().ConfigureAwait(false);
        await turns.CloseAsync(this).ConfigureAwait(false);
    }
}

sealed class OpenReader<T>(BatchReader<T> reader, Turns turns) : OpenReader(turns)
{
    readonly Turns _turns = turns;

    internal async ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(cancellationToken, this).ConfigureAwait(false);
        _turns.Open(this, occupies: !reader.SharesConnection);
        return await reader.ReadAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    private protected override ValueTask EndOnceAsync() => reader.DisposeAsync();
}

/// <summary>Reads in turns.</summary>
sealed class TurnReader<T>(BatchReader<T> reader, Turns turns) : BatchReader<T>
{
    readonly OpenReader<T> _open = new(reader, turns);

    public override bool ReadsAhead => reader.ReadsAhead;

    public override bool SharesConnection => reader.SharesConnection;

    public override ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken) => _open.ReadAsync(rows, cancellationToken);

    public override ValueTask DisposeAsync() => _open.CloseAsync();
}
