using Npgsql;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Sessions;
using Sluice.PostgreSql.Statements;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Reading;

/// <summary>
/// Reads the rows as the server sends them. Left early, the query is cancelled, so that the rest is neither computed nor sent.
/// </summary>
sealed class DirectReader<T>(ServerSession session, Lease lease, StreamRequest request, ResultShape<T> shape) : BatchReader<T>
{
    // A query that is cancelled takes the transaction with it, unless that can go back to a savepoint.
    const string Savepoint = "sluice_stream";

    readonly ResultRows<T> _rows = new(shape, lease.Backend);
    NpgsqlCommand? _command;
    NpgsqlDataReader? _reader;
    ExactSettings _settings = ExactSettings.None;
    bool _marked;
    bool _ended;

    public override bool ReadsAhead => true;

    public override bool SharesConnection => false;

    public override async ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken)
    {
        try
        {
            if (_reader is null)
                await OpenAsync(cancellationToken).ConfigureAwait(false);
            var count = await _rows.ReadAsync(_reader!, rows, request.BatchRows, cancellationToken).ConfigureAwait(false);
            _ended = count < request.BatchRows;
            return count;
        }
        catch (UnknownType unknown)
        {
            if (session.Transaction.IsBegun || request.InTransaction || !ServerSession.MayRunTwice(request.Statement))
                throw ResultProblems.NewType(unknown.Column);
            await StartAgainAsync(cancellationToken).ConfigureAwait(false);
            return await ReadAsync(rows, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (DriverCalls.IsDrivers(failure))
        {
            throw session.ExplainStream(failure, request.Statement);
        }
    }

    // Nothing was made of the first rows yet.
    async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(_reader!).ConfigureAwait(false);
        await _command!.DisposeAsync().ConfigureAwait(false);
        (_reader, _command) = (null, null);
        await NewTypes.LoadAsync(session, cancellationToken).ConfigureAwait(false);
    }

    async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (request.InTransaction)
        {
            await RunAsync("SAVEPOINT " + Savepoint).ConfigureAwait(false);
            _marked = true;
        }
        if (request.IsExact)
            await SetAsync(cancellationToken).ConfigureAwait(false);
        _command = StatementRun.Command(lease, request.Statement);
        await lease.Backend.PrepareAsync(_command, cancellationToken).ConfigureAwait(false);
        _reader = await _command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }

    async Task SetAsync(CancellationToken cancellationToken)
    {
        _settings = request.InTransaction
            ? await ExactSettings.OfCallersAsync(lease, cancellationToken).ConfigureAwait(false)
            : ExactSettings.OfOwn;
        if (_settings.Set.Count > 0)
            await RunAsync([.. _settings.Set]).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_reader is not null)
                await CloseAsync(_reader).ConfigureAwait(false);
            if (_command is not null)
                await _command.DisposeAsync().ConfigureAwait(false);
            if (_marked && !_ended)
                await RunAsync("ROLLBACK TO SAVEPOINT " + Savepoint).ConfigureAwait(false);
            if (_marked)
                await RunAsync([.. _ended ? _settings.Restore : [], "RELEASE SAVEPOINT " + Savepoint]).ConfigureAwait(false);
            if (_ended && session.Transaction.IsBegun && !request.InTransaction)
                await session.Transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LoadFault || DriverCalls.IsDrivers(failure))
        {
            // The connection is gone. What ended it is on its way to the caller.
        }
    }

    async Task CloseAsync(NpgsqlDataReader reader)
    {
        // Asking the server opens a connection of its own and waits for it, which is no work for the consumer's thread.
        if (!_ended && !reader.IsClosed)
            await Task.Run(_command!.Cancel).ConfigureAwait(false);
        try
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (PostgresException stopped) when (stopped.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // As it was told to.
        }
    }

    async Task RunAsync(params string[] statements)
    {
        var command = new NpgsqlCommand(lease.Backend.Text(statements), lease.Connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
