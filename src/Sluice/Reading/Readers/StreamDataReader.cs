using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Reading.Readers;

/// <summary>A stream as ADO.NET code takes it: rows forward only, values of the types that the query says, without boxing where they are asked for by type.</summary>
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

    internal StreamDataReader(Database database, SqlQuery query, StreamOptions options, CancellationToken cancellationToken)
    {
        var columns = query.OutputColumns;
        _shape = new ReaderShape(columns, options.YieldPer);
        _rows = RowStream<CellRow>.Of(database, query, () => _shape, options, cancellationToken).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>Reads the first batch, by which columns and their types are known.</summary>
    internal async Task OpenAsync()
    {
        _first = _hasRows = await _rows.MoveNextAsync().ConfigureAwait(false);
        _types = new FieldType[_shape.Names.Count];
        for (var i = 0; i < _types.Length; i++)
            _types[i] = HasRows ? TypeOf(_rows.Current.Columns[i]) : FieldType.Unknown;
    }

    // Where the query does not say it, the first value does.
    static FieldType TypeOf(ReaderColumn column) => column.Type != FieldType.Unknown || column.IsNull(0) ? column.Type : FieldType.Of(column.Boxed(0));

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
        if (_first)
        {
            _first = false;
            _onRow = true;
            return Task.FromResult(true);
        }
        if (!HasRows)
            return Task.FromResult(false);
        var next = _rows.MoveNextAsync();
        return next.IsCompletedSuccessfully ? Task.FromResult(_onRow = next.GetAwaiter().GetResult()) : WaitAsync(next, cancellationToken);
    }

    async Task<bool> WaitAsync(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        _onRow = false;
        await using var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop).ConfigureAwait(false);
        return _onRow = await next.ConfigureAwait(false);
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
            return typeof(T) == typeof(object) ? (T)(object)DBNull.Value : IsNullable<T>() ? default! : throw new InvalidCastException($"Column '{GetName(ordinal)}' is null. Ask IsDBNull first.");
        if (column is ReaderColumn<T> typed)
            return typed[row];
        return column.Boxed(row) is T value ? value : Converted<T>(column, row, ordinal);
    }

    static bool IsNullable<T>() => Nullable.GetUnderlyingType(typeof(T)) is not null;

    T Converted<T>(ReaderColumn column, int row, int ordinal) => (column.Boxed(row), typeof(T)) switch
    {
        (DateTimeOffset time, { } type) when type == typeof(DateTime) => (T)(object)time.UtcDateTime,
        (DateOnly date, { } type) when type == typeof(DateTime) => (T)(object)date.ToDateTime(TimeOnly.MinValue),
        _ when typeof(T).IsPrimitive || typeof(T) == typeof(decimal) => NumberReading.Convert<T>(this, ordinal),
        var (value, _) => throw new InvalidCastException($"Column '{GetName(ordinal)}' has a value of type {value.GetType().Name}, which is no {typeof(T).Name}."),
    };

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
                throw new ArgumentOutOfRangeException(nameof(name), $"There is no column '{name}'; there are {Throw.Join(_shape.Names.Select(n => $"'{n}'"))}.");
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
