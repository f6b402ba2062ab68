using System.Globalization;
using System.Text;
using Sluice.Rows;
using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>The values of a statement's current row, read back as they are stored.</summary>
readonly unsafe struct SqliteStatementReader(sqlite3_stmt statement) : IRowReader
{
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Kept beside the object that owns it, which must live as long.
    readonly sqlite3_stmt _owner = statement;
    readonly nint _statement = statement.DangerousGetHandle();

    public bool IsNull(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) == raw.SQLITE_NULL;

    // Which of these it is, is decided when the method is compiled for T, and the casts through object are removed.
    public T Get<T>(int ordinal)
    {
        if (typeof(T) == typeof(long))
            return (T)(object)Whole(ordinal);
        if (typeof(T) == typeof(int))
            return (T)(object)checked((int)Whole(ordinal));
        if (typeof(T) == typeof(short))
            return (T)(object)checked((short)Whole(ordinal));
        if (typeof(T) == typeof(byte))
            return (T)(object)checked((byte)Whole(ordinal));
        if (typeof(T) == typeof(bool))
            return (T)(object)Truth(ordinal);
        if (typeof(T) == typeof(double))
            return (T)(object)Number(ordinal);
        if (typeof(T) == typeof(float))
            return (T)(object)(float)Number(ordinal);
        if (typeof(T) == typeof(decimal))
            return (T)(object)Decimal(ordinal);
        if (typeof(T) == typeof(string))
            return (T)(object)Text(ordinal);
        if (typeof(T) == typeof(DateTimeOffset))
            return (T)(object)Moment(ordinal);
        if (typeof(T) == typeof(DateTime))
            return (T)(object)Time(ordinal);
        if (typeof(T) == typeof(Guid))
            return (T)(object)Uuid(ordinal);
        if (typeof(T) == typeof(StoredValue))
            return (T)(object)Stored(ordinal);
        return (T)Boxed(ordinal, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
    }

    object Boxed(int ordinal, Type type)
    {
        if (type == typeof(object))
            return Natural(ordinal);
        if (type.IsEnum)
            return Enum.ToObject(type, Whole(ordinal));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Truth(ordinal),
            TypeCode.SByte => checked((sbyte)Whole(ordinal)),
            TypeCode.Byte => checked((byte)Whole(ordinal)),
            TypeCode.Int16 => checked((short)Whole(ordinal)),
            TypeCode.UInt16 => checked((ushort)Whole(ordinal)),
            TypeCode.Int32 => checked((int)Whole(ordinal)),
            TypeCode.UInt32 => checked((uint)Whole(ordinal)),
            TypeCode.Int64 => Whole(ordinal),
            TypeCode.UInt64 => IsText(ordinal) ? ulong.Parse(Text(ordinal), CultureInfo.InvariantCulture) : checked((ulong)Whole(ordinal)),
            TypeCode.Single => (float)Number(ordinal),
            TypeCode.Double => Number(ordinal),
            TypeCode.Decimal => Decimal(ordinal),
            TypeCode.Char => Text(ordinal) is [var character] ? character : throw Mismatch(ordinal, type),
            TypeCode.String => Text(ordinal),
            TypeCode.DateTime => Time(ordinal),
            _ => Other(ordinal, type),
        };
    }

    object Other(int ordinal, Type type)
    {
        if (type == typeof(byte[]))
            return Blob(ordinal).ToArray();
        if (type == typeof(Guid))
            return Uuid(ordinal);
        if (type == typeof(DateTimeOffset))
            return Moment(ordinal);
        if (type == typeof(DateOnly))
            return DateOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly))
            return TimeOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
        return type == typeof(TimeSpan) ? TimeSpan.Parse(Text(ordinal), CultureInfo.InvariantCulture) : throw Mismatch(ordinal, type);
    }

    object Natural(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => NativeCalls.ColumnInt64(_statement, ordinal),
        raw.SQLITE_FLOAT => NativeCalls.ColumnDouble(_statement, ordinal),
        raw.SQLITE_BLOB => Blob(ordinal).ToArray(),
        _ => Text(ordinal),
    };

    StoredValue Stored(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => StoredValue.From(NativeCalls.ColumnInt64(_statement, ordinal)),
        raw.SQLITE_FLOAT => StoredValue.From(NativeCalls.ColumnDouble(_statement, ordinal)),
        raw.SQLITE_BLOB => StoredValue.From(Blob(ordinal).ToArray()),
        _ => StoredValue.From(WholeText(ordinal)),
    };

    // On its way to another place a text must not become another one.
    string WholeText(int ordinal)
    {
        try
        {
            return s_strict.GetString(Utf8(ordinal));
        }
        catch (DecoderFallbackException)
        {
            throw Throw.NotUtf8(Name(ordinal));
        }
    }

    string Name(int ordinal) => raw.sqlite3_column_name(_owner, ordinal).utf8_to_string();

    bool IsText(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) == raw.SQLITE_TEXT;

    long Whole(int ordinal)
    {
        var type = NativeCalls.ColumnType(_statement, ordinal);
        if (type == raw.SQLITE_INTEGER)
            return NativeCalls.ColumnInt64(_statement, ordinal);
        if (type == raw.SQLITE_FLOAT && NativeCalls.ColumnDouble(_statement, ordinal) is var number && double.IsInteger(number))
            return checked((long)number);
        throw Mismatch(ordinal, typeof(long));
    }

    bool Truth(int ordinal) => Whole(ordinal) is var truth and (0 or 1) ? truth == 1 : throw Mismatch(ordinal, typeof(bool));

    double Number(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? NativeCalls.ColumnDouble(_statement, ordinal)
        : throw Mismatch(ordinal, typeof(double));

    decimal Decimal(int ordinal) => NativeCalls.ColumnType(_statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => NativeCalls.ColumnInt64(_statement, ordinal),
        // The shortest text that reads back as the number has all of its digits; a cast would round to 15.
        raw.SQLITE_FLOAT => decimal.Parse(NativeCalls.ColumnDouble(_statement, ordinal).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        raw.SQLITE_TEXT => decimal.Parse(Text(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw Mismatch(ordinal, typeof(decimal)),
    };

    DateTimeOffset Moment(int ordinal)
    {
        if (IsText(ordinal) && TimestampText.TryRead(Utf8(ordinal), out var time, out var offset))
            return new DateTimeOffset(time, offset ?? TimeSpan.Zero);
        return DateTimeOffset.Parse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    DateTime Time(int ordinal)
    {
        if (IsText(ordinal) && TimestampText.TryRead(Utf8(ordinal), out var time, out var offset) && offset is null)
            return time;
        return DateTime.Parse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
    }

    Guid Uuid(int ordinal)
    {
        if (NativeCalls.ColumnType(_statement, ordinal) == raw.SQLITE_BLOB)
            return new Guid(Blob(ordinal));
        return IsText(ordinal) ? Guid.Parse(Utf8(ordinal)) : Guid.Parse(Text(ordinal));
    }

    string Text(int ordinal)
    {
        if (NativeCalls.ColumnType(_statement, ordinal) is raw.SQLITE_NULL or raw.SQLITE_BLOB)
            throw Mismatch(ordinal, typeof(string));
        return Encoding.UTF8.GetString(Utf8(ordinal));
    }

    // The pointer first: it makes the value text, and only then are its bytes counted (https://sqlite.org/c3ref/column_blob.html).
    ReadOnlySpan<byte> Utf8(int ordinal)
    {
        var text = NativeCalls.ColumnText(_statement, ordinal);
        return new ReadOnlySpan<byte>(text, NativeCalls.ColumnBytes(_statement, ordinal));
    }

    ReadOnlySpan<byte> Blob(int ordinal)
    {
        var bytes = NativeCalls.ColumnBlob(_statement, ordinal);
        return new ReadOnlySpan<byte>(bytes, NativeCalls.ColumnBytes(_statement, ordinal));
    }

    InvalidCastException Mismatch(int ordinal, Type type)
    {
        var stored = NativeCalls.ColumnType(_statement, ordinal) switch
        {
            raw.SQLITE_NULL => "null",
            raw.SQLITE_INTEGER => "a whole number",
            raw.SQLITE_FLOAT => "a number",
            raw.SQLITE_BLOB => "bytes",
            _ => "text",
        };
        return new($"Column '{Name(ordinal)}' is {stored}, which is no {type.Name}. Read it as another type, or as one that may be null.");
    }
}
