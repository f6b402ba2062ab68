using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Writes chunks through the driver's own importer, for tables with a column whose type only the driver can encode.</summary>
sealed class ImporterWriter<T>(ServerSession session, BulkPlan plan, RowShape<T> shape, RowLocator<T> locate, RowNumbers? numbers)
    : PostgresWriter<T>(session, plan, shape, locate)
{
    readonly ValueCollector _collector = new(Slot.For(plan, shape.Fields.Count)) { Numbers = numbers };
    NpgsqlBinaryImporter? _importer;
    long _stored;

    // The importer does not say how many bytes it has sent.
    public override long Bytes => 0;

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        if (_importer is null)
        {
            Lines.Clear();
            await NewTypes.KnowAsync(Session, Plan.Table, cancellationToken).ConfigureAwait(false);
            _importer = await Session.Copies.ByDriverAsync(Plan.Rendered[0].Text, cancellationToken).ConfigureAwait(false);
        }
        Add(chunk);
        for (var i = 0; i < chunk.Count; i++)
        {
            Collect(chunk, i);
            await WriteRowAsync(chunk, i, cancellationToken).ConfigureAwait(false);
        }
    }

    void Collect(RowChunk<T> chunk, int index)
    {
        try
        {
            Shape.Write(chunk.Rows.Slice(index, 1), ref _collector.Sink);
        }
        catch (ValueException refused)
        {
            throw Refuse(refused, chunk, index, _collector.Field);
        }
    }

    async ValueTask WriteRowAsync(RowChunk<T> chunk, int index, CancellationToken cancellationToken)
    {
        var column = 0;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _importer!.StartRowAsync(Session.Copies.LastResort(cancellationToken)).ConfigureAwait(false);
            for (; column < _collector.Values.Count; column++)
                await WriteValueAsync(_collector.Values[column], Plan.Columns[column].Target.Type).ConfigureAwait(false);
        }
        catch (Exception failure) when (Session.Driver.IsEnd(failure))
        {
            throw Explain(failure);
        }
        catch (Exception failure) when (failure is InvalidCastException or OverflowException or FormatException or NotSupportedException or ArgumentException)
        {
            var value = new ValueException("the driver cannot encode the value as '" + Plan.Columns[column].Target.Type + "'",
                "Convert it to a type that Npgsql maps to the column's.");
            throw Refuse(value, chunk, index, Plan.Columns[column].FieldIndex);
        }
    }

    // Without the column's type the driver would encode what the object suggests, and the server would take those bytes for another value.
    Task WriteValueAsync(object? value, SqlType type)
    {
        if (value is null)
            return _importer!.WriteNullAsync();
        return value is not Enum && PostgresTypes.DriverType(type) is { } known
            ? _importer!.WriteAsync(value, known)
            : _importer!.WriteAsync(value);
    }

    private protected override async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_importer is null)
            return;
        try
        {
            _stored += (long)await _importer.CompleteAsync(Session.Copies.LastResort(cancellationToken)).ConfigureAwait(false);
            await _importer.DisposeAsync().ConfigureAwait(false);
            _importer = null;
        }
        catch (Exception failure) when (IsServers(failure))
        {
            throw Explain(failure);
        }
    }

    public override async ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
        var stored = _stored;
        _stored = 0;
        return new RowFates(stored);
    }

    public override async ValueTask DisposeAsync()
    {
        _collector.Dispose();
        if (_importer is null)
            return;
        try
        {
            // Disposal without completion cancels the COPY.
            await _importer.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsServers(failure))
        {
            // The COPY is over either way; what ended it is on its way to the caller already.
        }
    }
}
