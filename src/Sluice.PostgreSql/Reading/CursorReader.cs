using System.Globalization;
using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Statements;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Reading;

static class CursorName
{
    static int s_cursors;

    /// <summary>
    /// A name that this process never uses again: a FETCH that the driver has prepared is bound to the columns of the cursor that it was
    /// prepared for.
    /// </summary>
    internal static string Next() => string.Create(CultureInfo.InvariantCulture, $"\"sluice_c_{Interlocked.Increment(ref s_cursors)}\"");
}

/// <summary>
/// Reads by a cursor: DECLARE with the first FETCH in one round trip, then several FETCHes in each, so that the server works on the next
/// batch while this one is read.
/// </summary>
/// <remarks>
/// The server collects the rows of a FETCH before it sends the first: one FETCH of many rows would leave the client waiting for all of
/// them.
/// </remarks>
sealed class CursorReader<T>(ServerSession session, Lease lease, StreamRequest request, ResultShape<T> shape) : BatchReader<T>
{
    // The server runs ahead by what the socket holds, whatever it was asked for, and is cancelled where the rest is not wanted. At the end
    // of what was asked for it waits for the client, and then the client for the first rows of the next FETCH: with 32 of them a
    // twentieth of the time.
    const int MostFetches = 256;
    const int Growth = 4;

    // A FETCH that fails or is stopped takes the transaction with it, unless that can go back to a savepoint. Set for each one, because
    // others use the transaction between two.
    const string Savepoint = "sluice_fetch";

    readonly string _name = CursorName.Next();
    readonly ResultRows<T> _rows = new(shape, lease.Backend);
    NpgsqlBatch? _batch;
    NpgsqlDataReader? _reader;
    ExactSettings? _settings;
    int _fetches;
    int _unread;
    bool _declared;
    bool _ended;

    // In the caller's transaction the consumer may run statements of its own between two batches.
    public override bool ReadsAhead => !request.InTransaction;

    string Fetch => string.Create(CultureInfo.InvariantCulture, $"FETCH FORWARD {request.BatchRows} FROM {_name}");

    public override async ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ReadBatchAsync(rows, cancellationToken).ConfigureAwait(false);
            }
            catch (UnknownType unknown)
            {
                if (request.InTransaction && !ServerSession.MayRunTwice(request.Statement))
                    throw ResultProblems.NewType(unknown.Column);
                await StartAgainAsync(cancellationToken).ConfigureAwait(false);
                return await ReadBatchAsync(rows, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // At once: whoever has the connection next is to find the transaction as it was.
            if (request.InTransaction)
                await RestoreAsync().ConfigureAwait(false);
            if (DriverCalls.IsDrivers(failure))
                throw session.Driver.Explain(failure);
            throw;
        }
    }

    // Nothing was made of the first rows yet. A cursor of the reader's own is in a transaction that only reads.
    async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await EndAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        await NewTypes.LoadAsync(session, cancellationToken).ConfigureAwait(false);
        _declared = false;
        _fetches = 0;
    }

    async ValueTask<int> ReadBatchAsync(T[] rows, CancellationToken cancellationToken)
    {
        if (_reader is null)
            await AskAsync(cancellationToken).ConfigureAwait(false);
        else
            await _reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var count = await _rows.ReadAsync(_reader!, rows, request.BatchRows, cancellationToken).ConfigureAwait(false);
        _ended = count < request.BatchRows;
        if (--_unread == 0 || _ended)
            await EndAsync().ConfigureAwait(false);
        return count;
    }

    // A consumer that has taken all of what was asked for keeps up, and more is asked for.
    async ValueTask AskAsync(CancellationToken cancellationToken)
    {
        _fetches = request.InTransaction || request.IsInterleaved ? 1 : Math.Clamp(_fetches * Growth, 1, MostFetches);
        _settings ??= await SettingsAsync(cancellationToken).ConfigureAwait(false);
        _batch = new NpgsqlBatch(lease.Connection);
        if (request.InTransaction)
            AddAll(["SAVEPOINT " + Savepoint, .. _settings.Set]);
        if (!_declared)
            Declare(_batch);
        AddAll(Enumerable.Repeat(Fetch, _fetches));
        if (request.InTransaction)
            AddAll([.. _settings.Restore, "RELEASE SAVEPOINT " + Savepoint]);
        _reader = await _batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        _declared = true;
        _unread = _fetches;
    }

    async ValueTask<ExactSettings> SettingsAsync(CancellationToken cancellationToken)
    {
        if (!request.IsExact)
            return ExactSettings.None;
        return request.InTransaction
            ? await ExactSettings.OfCallersAsync(lease, cancellationToken).ConfigureAwait(false)
            : ExactSettings.OfOwn;
    }

    void AddAll(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            _batch!.BatchCommands.Add(StatementRun.BatchCommand(lease, new(statement, [])));
    }

    void Declare(NpgsqlBatch batch)
    {
        if (!request.InTransaction)
            AddAll(_settings!.Set);
        batch.BatchCommands.Add(StatementRun.BatchCommand(lease, new($"DECLARE {_name} NO SCROLL CURSOR FOR {request.Statement.Text}", request.Statement.Parameters)));
    }

    // What is left of an answer is that there are no more rows.
    async ValueTask EndAsync()
    {
        if (_reader is not null)
            await _reader.DisposeAsync().ConfigureAwait(false);
        if (_batch is not null)
            await _batch.DisposeAsync().ConfigureAwait(false);
        _reader = null;
        _batch = null;
    }

    /// <summary>Closes the cursor in the caller's transaction; a transaction of the stream's own ends with it.</summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
            if (!_declared)
                return;
            if (request.InTransaction)
                await CloseAsync().ConfigureAwait(false);
            else if (_ended)
                await session.Transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LoadFault || DriverCalls.IsDrivers(failure))
        {
            // The transaction has failed or the connection is gone, and the cursor with it. What ended them is on its way to the caller.
        }
    }

    // Batches that were asked for and that nobody will read: the server is told not to make them.
    async ValueTask StopAsync()
    {
        if (_reader is { IsClosed: false })
            await Task.Run(_batch!.Cancel).ConfigureAwait(false);
        try
        {
            await EndAsync().ConfigureAwait(false);
        }
        catch (PostgresException stopped) when (stopped.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // As it was told to.
        }
    }

    // The transaction goes on as it was before the FETCH. Where that was complete, a row could not be made of what it gave, and its
    // savepoint is gone.
    async Task RestoreAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
            if (await HasFailedAsync().ConfigureAwait(false))
                await RunAsync("ROLLBACK TO SAVEPOINT " + Savepoint, "RELEASE SAVEPOINT " + Savepoint).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            // The connection is gone, or the transaction had failed before. What ended the reading is on its way to the caller.
        }
    }

    // A failed transaction takes nothing, and another one is not changed by this.
    async Task<bool> HasFailedAsync()
    {
        try
        {
            await RunAsync("SELECT").ConfigureAwait(false);
            return false;
        }
        catch (PostgresException failed) when (failed.SqlState == PostgresErrorCodes.InFailedSqlTransaction)
        {
            return true;
        }
    }

    // The cursor may have gone with a savepoint that was rolled back: a CLOSE that finds none must not take the transaction along.
    async Task CloseAsync()
    {
        try
        {
            await RunAsync("SAVEPOINT sluice_close", "CLOSE " + _name, "RELEASE SAVEPOINT sluice_close").ConfigureAwait(false);
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.InvalidCursorName)
        {
            await RunAsync("ROLLBACK TO SAVEPOINT sluice_close", "RELEASE SAVEPOINT sluice_close").ConfigureAwait(false);
        }
    }

    async Task RunAsync(params string[] statements)
    {
        var command = new NpgsqlCommand(lease.Backend.Text(statements), lease.Connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
