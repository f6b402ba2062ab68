using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Sluice.Providers;

namespace Sluice.Reading.Readers;

/// <summary>
/// A stream as ADO.NET code takes it: rows forward only, values of the types that the query says, without boxing where they are asked for
/// by type.
/// </summary>
sealed class StreamDataReader : DbDataReader
{
    readonly ReaderShape _shape;
    readonly CancellationTokenSource _stop = new();
    readonly IAsyncEnumerator<CellRow> _rows;
    FieldType[] _types = [];
    bool _hasRows;
    bool _first;
    bool _onRow;
    bool _closed;

    internal StreamDataReader(SessionSource database, SqlQuery query, StreamOptions options, CancellationToken cancellationToken)
    {
        var columns = query.OutputColumns;
        _shape = new ReaderShape(columns, options.YieldPer);
        _rows = RowStream<CellRow>.Of(database, query, () => _shape, options, cancellationToken).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>Reads the first batch, by which columns and their types are known.</summary>
    internal async Task OpenAsync()
    {
        _first = _hasRows = await _rows.MoveNextAsync().ConfigureAwait(false);
        var columns = _hasRows ? _rows.Current.Columns : _shape.Columns;
        _types = [.. columns.Select(column => column.KnownType)];
    }

    public override bool HasRows => _hasRows;

    public override int FieldCount => _types.Length;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override bool IsClosed => _closed;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        if (_first)
        {
            _first = false;
            return Task.FromResult(_onRow = true);
        }
        _onRow = false;
        var next = _rows.MoveNextAsync();
        return next.IsCompletedSuccessfully ? Task.FromResult(_onRow = next.GetAwaiter().GetResult()) : WaitAsync(next, cancellationToken);
    }

    async Task<bool> WaitAsync(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        try
        {
            await using var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(),
                _stop).ConfigureAwait(false);
            return _onRow = await next.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // A reader that failed must not look like one at its end to whoever reads on.
            await DisposeAsync().ConfigureAwait(false);
            if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(failure.Message, failure, cancellationToken);
            throw;
        }
    }

    public override bool NextResult() => false;

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    ReaderColumn Column(int ordinal) => _onRow
        ? _rows.Current.Columns[ordinal]
        : throw new InvalidOperationException("The reader is on no row. Call Read, and read values while it returns true.");

    public override bool IsDBNull(int ordinal) => Column(ordinal).IsNull(_rows.Current.Row);

    public override T GetFieldValue<T>(int ordinal)
    {
        var column = Column(ordinal);
        var row = _rows.Current.Row;
        if (column.IsNull(row))
            return Null<T>(ordinal);
        if (column is ReaderValues<T> typed)
            return typed[row];
        var boxed = column.Boxed(row);
        return boxed is T value ? value : FieldConversion.To<T>(boxed, this, ordinal);
    }

    T Null<T>(int ordinal)
    {
        if (typeof(T) == typeof(object))
            return (T)(object)DBNull.Value;
        return Nullable.GetUnderlyingType(typeof(T)) is not null
            ? default!
            : throw new InvalidCastException($"Column '{GetName(ordinal)}' is null. Ask IsDBNull first.");
    }

    public override object GetValue(int ordinal) => IsDBNull(ordinal) ? DBNull.Value : Column(ordinal).Boxed(_rows.Current.Row);

    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy<byte>(GetFieldValue<byte[]>(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal), dataOffset, buffer, bufferOffset, length);

    // Without a buffer the length is asked for.
    static long Copy<T>(ReadOnlySpan<T> from, long offset, T[]? to, int at, int length)
    {
        if (to is null)
            return from.Length;
        var part = from[(int)Math.Min(offset, from.Length)..];
        part = part[..Math.Min(length, part.Length)];
        part.CopyTo(to.AsSpan(at));
        return part.Length;
    }

    public override string GetName(int ordinal) => _shape.Names[ordinal];

    public override int GetOrdinal(string name)
    {
        for (var pass = StringComparison.Ordinal; ; pass = StringComparison.OrdinalIgnoreCase)
        {
            for (var i = 0; i < FieldCount; i++)
            {
                if (string.Equals(GetName(i), name, pass))
                    return i;
            }
            if (pass is StringComparison.OrdinalIgnoreCase)
                throw new ArgumentOutOfRangeException(nameof(name),
                    $"There is no column '{name}'; there are {Words.Join(_shape.Names.Select(n => $"'{n}'"))}.");
        }
    }

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => _types[ordinal].Type;

    public override string GetDataTypeName(int ordinal) => _types[ordinal].Type.Name;

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override DataTable GetSchemaTable() => ReaderSchema.Of(this);

    public override void Close() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_closed)
            return;
        _closed = true;
        _onRow = false;
        await _rows.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
