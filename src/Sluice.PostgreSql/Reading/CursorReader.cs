using System.Globalization;
using Npgsql;
using Sluice.PostgreSql.Writing;
using Sluice.Rows;
using Sluice.Writing;

namespace Sluice.PostgreSql.Reading;

static class CursorName
{
    static int s_cursors;

    /// <summary>A name that this process never uses again: a FETCH that the driver has prepared is bound to the columns of the cursor that it was prepared for.</summary>
    internal static string Next() => string.Create(CultureInfo.InvariantCulture, $"\"sluice_c_{Interlocked.Increment(ref s_cursors)}\"");
}

/// <summary>Reads by a cursor: DECLARE with the first FETCH in one round trip, and a FETCH for each batch.</summary>
sealed class CursorReader<T>(PostgresSession session, NpgsqlConnection connection, StreamRequest request, ResultShape<T> shape) : BatchReader<T>
{
    readonly string _name = CursorName.Next();
    readonly ResultRows<T> _rows = new(shape);
    NpgsqlCommand? _fetch;
    bool _ended;

    // In the caller's transaction the consumer may run statements of its own between two batches.
    public override bool ReadsAhead => !request.InTransaction;

    string Fetch => string.Create(CultureInfo.InvariantCulture, $"FETCH FORWARD {request.BatchRows} FROM {_name}");

    public override async ValueTask<int> ReadAsync(T[] rows, CancellationToken cancellationToken)
    {
        try
        {
            var count = _fetch is null
                ? await DeclareAsync(rows, cancellationToken).ConfigureAwait(false)
                : await FetchAsync(rows, cancellationToken).ConfigureAwait(false);
            _ended = count < request.BatchRows;
            return count;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            throw ServerFault.Of(session.Target, failure);
        }
    }

    async ValueTask<int> DeclareAsync(T[] rows, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var batchDisposal = batch.ConfigureAwait(false);
        // A transaction of the caller's keeps the settings that it has.
        foreach (var setting in request is { IsExact: true, InTransaction: false } ? ExactQuery.Settings : [])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        batch.BatchCommands.Add(StatementRun.BatchCommand($"DECLARE {_name} NO SCROLL CURSOR FOR {request.Statement.Text}", request.Statement.Parameters));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Fetch));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        _fetch = new NpgsqlCommand(Fetch, connection);
        return await _rows.ReadAsync(reader, rows, request.BatchRows, cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<int> FetchAsync(T[] rows, CancellationToken cancellationToken)
    {
        var reader = await _fetch!.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = reader.ConfigureAwait(false);
        return await _rows.ReadAsync(reader, rows, request.BatchRows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the cursor in the caller's transaction; a transaction of the stream's own ends with it.</summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_fetch is null)
                return;
            await _fetch.DisposeAsync().ConfigureAwait(false);
            if (request.InTransaction)
                await CloseAsync().ConfigureAwait(false);
            else if (_ended)
                await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or LoadFault)
        {
            // The transaction has failed or the connection is gone, and the cursor with it. What ended them is on its way to the caller.
        }
    }

    async Task CloseAsync()
    {
        var command = new NpgsqlCommand("CLOSE " + _name, connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
