using System.Globalization;
using System.Text;
using SQLitePCL;
using Sluice.Rows;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Native;

/// <summary>One value of a statement's current row, read back as it is stored.</summary>
/// <param name="owner">The statement, for its columns' names.</param>
/// <param name="index">The column.</param>
/// <param name="value">The value, which is found once: its column would be looked up again by each function that takes a statement.</param>
readonly unsafe ref struct SqliteValue(sqlite3_stmt owner, int index, nint value)
{
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    int StorageClass => NativeCalls.ValueType(value);

    // Which of these it is, is decided when the method is compiled for T, and the casts through object are removed.
    internal T As<T>()
    {
        if (typeof(T) == typeof(long))
            return (T)(object)Whole();
        if (typeof(T) == typeof(int))
            return (T)(object)checked((int)Whole());
        if (typeof(T) == typeof(short))
            return (T)(object)checked((short)Whole());
        if (typeof(T) == typeof(byte))
            return (T)(object)checked((byte)Whole());
        if (typeof(T) == typeof(bool))
            return (T)(object)Truth();
        if (typeof(T) == typeof(double))
            return (T)(object)Number();
        if (typeof(T) == typeof(float))
            return (T)(object)(float)Number();
        if (typeof(T) == typeof(decimal))
            return (T)(object)Decimal();
        if (typeof(T) == typeof(string))
            return (T)(object)Text();
        if (typeof(T) == typeof(DateTimeOffset))
            return (T)(object)Moment();
        if (typeof(T) == typeof(DateTime))
            return (T)(object)Time();
        if (typeof(T) == typeof(Guid))
            return (T)(object)Uuid();
        if (typeof(T) == typeof(StoredValue))
            return (T)(object)Stored();
        return (T)Boxed(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
    }

    object Boxed(Type type)
    {
        if (type == typeof(object))
            return Natural();
        if (type.IsEnum && IsText())
            return EnumNames.TryRead(type, Text(), out var named) ? named : throw Mismatch(type);
        if (type.IsEnum)
            return Enum.ToObject(type, Whole());
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Truth(),
            TypeCode.SByte => checked((sbyte)Whole()),
            TypeCode.Byte => checked((byte)Whole()),
            TypeCode.Int16 => checked((short)Whole()),
            TypeCode.UInt16 => checked((ushort)Whole()),
            TypeCode.Int32 => checked((int)Whole()),
            TypeCode.UInt32 => checked((uint)Whole()),
            TypeCode.Int64 => Whole(),
            TypeCode.UInt64 => Unsigned(),
            TypeCode.Single => (float)Number(),
            TypeCode.Double => Number(),
            TypeCode.Decimal => Decimal(),
            TypeCode.Char => Text() is [var character] ? character : throw Mismatch(type),
            TypeCode.String => Text(),
            TypeCode.DateTime => Time(),
            _ => Other(type),
        };
    }

    object Other(Type type)
    {
        if (type == typeof(byte[]))
            return Blob().ToArray();
        if (type == typeof(System.Numerics.BigInteger))
            return !IsText() ? new System.Numerics.BigInteger(Whole()) : System.Numerics.BigInteger.TryParse(Text(),
                CultureInfo.InvariantCulture, out var large) ? large : new System.Numerics.BigInteger(Decimal());
        if (type == typeof(Guid))
            return Uuid();
        if (type == typeof(DateTimeOffset))
            return Moment();
        if (type == typeof(DateOnly))
            return DateOnly.Parse(Text(), CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly))
            return TimeOnly.Parse(Text(), CultureInfo.InvariantCulture);
        if (type.IsArray && IsText() && JsonText.TryRead(Text(), type.GetElementType()!, out var items))
            return items;
        if (JsonText.ElementOf(type) is { } element && IsText() && JsonText.TryRead(Text(), element, out items) && JsonText.ListOf(items) is { } list)
            return list;
        if (OtherText.Takes(type) && IsText())
            return OtherText.Parse(Text(), type);
        return type == typeof(TimeSpan) ? TimeSpan.Parse(Text(), CultureInfo.InvariantCulture) : throw Mismatch(type);
    }

    object Natural() => StorageClass switch
    {
        raw.SQLITE_INTEGER => NativeCalls.ValueInt64(value),
        raw.SQLITE_FLOAT => NativeCalls.ValueDouble(value),
        raw.SQLITE_BLOB => Blob().ToArray(),
        _ => Text(),
    };

    StoredValue Stored() => StorageClass switch
    {
        raw.SQLITE_INTEGER => StoredValue.From(NativeCalls.ValueInt64(value)),
        raw.SQLITE_FLOAT => StoredValue.From(NativeCalls.ValueDouble(value)),
        raw.SQLITE_BLOB => StoredValue.From(Blob().ToArray()),
        _ => StoredValue.From(WholeText()),
    };

    // On its way to another place a text must not become another one.
    string WholeText()
    {
        try
        {
            return s_strict.GetString(Utf8());
        }
        catch (DecoderFallbackException)
        {
            throw NativeProblems.NotUtf8(Name);
        }
    }

    string Name => raw.sqlite3_column_name(owner, index).utf8_to_string();

    bool IsText() => StorageClass == raw.SQLITE_TEXT;

    long Whole()
    {
        var type = StorageClass;
        if (type == raw.SQLITE_INTEGER)
            return NativeCalls.ValueInt64(value);
        if (type == raw.SQLITE_FLOAT && NativeCalls.ValueDouble(value) is var number && double.IsInteger(number))
            return checked((long)number);
        throw Mismatch(typeof(long));
    }

    // A number below zero is the bits of a larger one, as Microsoft.Data.Sqlite stores it.
    ulong Unsigned() => StorageClass == raw.SQLITE_INTEGER ? unchecked((ulong)NativeCalls.ValueInt64(value)) : decimal.ToUInt64(Decimal());

    bool Truth() => Whole() is var truth and (0 or 1) ? truth == 1 : throw Mismatch(typeof(bool));

    double Number() => StorageClass is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? NativeCalls.ValueDouble(value)
        : throw Mismatch(typeof(double));

    decimal Decimal() => StorageClass switch
    {
        raw.SQLITE_INTEGER => NativeCalls.ValueInt64(value),
        // The shortest text that reads back as the number has all of its digits; a cast would round to 15.
        raw.SQLITE_FLOAT =>
            decimal.Parse(NativeCalls.ValueDouble(value).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float,
                CultureInfo.InvariantCulture),
        raw.SQLITE_TEXT => decimal.Parse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw Mismatch(typeof(decimal)),
    };

    DateTimeOffset Moment()
    {
        if (IsText() && TimestampText.TryRead(Utf8(), out var time, out var offset))
            return new DateTimeOffset(time, offset ?? TimeSpan.Zero);
        return DateTimeOffset.Parse(Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    DateTime Time()
    {
        // A point in time is read in UTC, whatever the machine's zone; a text without an offset as it is.
        if (IsText() && TimestampText.TryRead(Utf8(), out var time, out var offset))
            return offset is { } distance ? DateTime.SpecifyKind(time - distance, DateTimeKind.Utc) : time;
        var text = Text();
        var read = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return read.Kind is DateTimeKind.Local ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime : read;
    }

    Guid Uuid()
    {
        if (StorageClass == raw.SQLITE_BLOB)
            return new Guid(Blob());
        return IsText() ? Guid.Parse(Utf8()) : Guid.Parse(Text());
    }

    string Text()
    {
        if (StorageClass is raw.SQLITE_NULL or raw.SQLITE_BLOB)
            throw Mismatch(typeof(string));
        return Encoding.UTF8.GetString(Utf8());
    }

    // The pointer first: it makes the value text, and only then are its bytes counted (https://sqlite.org/c3ref/column_blob.html).
    ReadOnlySpan<byte> Utf8()
    {
        var text = NativeCalls.ValueText(value);
        return new ReadOnlySpan<byte>(text, NativeCalls.ValueBytes(value));
    }

    ReadOnlySpan<byte> Blob()
    {
        var bytes = NativeCalls.ValueBlob(value);
        return new ReadOnlySpan<byte>(bytes, NativeCalls.ValueBytes(value));
    }

    InvalidCastException Mismatch(Type type)
    {
        var stored = StorageClass switch
        {
            raw.SQLITE_NULL => "null",
            raw.SQLITE_INTEGER => "a whole number",
            raw.SQLITE_FLOAT => "a number",
            raw.SQLITE_BLOB => "bytes",
            _ => "text",
        };
        return new($"Column '{Name}' is {stored}, which is no {type.Name}. Read it as another type, or as one that may be null.");
    }
}
