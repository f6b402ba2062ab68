using System.Globalization;
using Sluice.Rows;
using SQLitePCL;

namespace Sluice.Sqlite.Native;

/// <summary>The values of a statement's current row, read back as they are stored.</summary>
readonly struct SqliteStatementReader(sqlite3_stmt statement) : IRowReader
{
    public bool IsNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL;

    public T Get<T>(int ordinal)
    {
        if (typeof(T) == typeof(long))
            return (T)(object)Whole(ordinal);
        if (typeof(T) == typeof(double))
            return (T)(object)Number(ordinal);
        if (typeof(T) == typeof(string))
            return (T)(object)Text(ordinal);
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
            TypeCode.Boolean => Whole(ordinal) is var truth and (0 or 1) ? truth == 1 : throw Mismatch(ordinal, type),
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
            TypeCode.DateTime => DateTime.Parse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            _ => Other(ordinal, type),
        };
    }

    object Other(int ordinal, Type type)
    {
        if (type == typeof(byte[]))
            return raw.sqlite3_column_blob(statement, ordinal).ToArray();
        if (type == typeof(Guid))
            return raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_BLOB ? new Guid(raw.sqlite3_column_blob(statement, ordinal)) : Guid.Parse(Text(ordinal));
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(Text(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (type == typeof(DateOnly))
            return DateOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly))
            return TimeOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
        return type == typeof(TimeSpan) ? TimeSpan.Parse(Text(ordinal), CultureInfo.InvariantCulture) : throw Mismatch(ordinal, type);
    }

    object Natural(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, ordinal),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => Text(ordinal),
    };

    bool IsText(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_TEXT;

    long Whole(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT when double.IsInteger(raw.sqlite3_column_double(statement, ordinal)) => checked((long)raw.sqlite3_column_double(statement, ordinal)),
        _ => throw Mismatch(ordinal, typeof(long)),
    };

    double Number(int ordinal) => raw.sqlite3_column_type(statement, ordinal) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT
        ? raw.sqlite3_column_double(statement, ordinal)
        : throw Mismatch(ordinal, typeof(double));

    decimal Decimal(int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        // The shortest text that reads back as the number has all of its digits; a cast would round to 15.
        raw.SQLITE_FLOAT => decimal.Parse(raw.sqlite3_column_double(statement, ordinal).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        raw.SQLITE_TEXT => decimal.Parse(Text(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw Mismatch(ordinal, typeof(decimal)),
    };

    string Text(int ordinal) => raw.sqlite3_column_type(statement, ordinal) is raw.SQLITE_NULL or raw.SQLITE_BLOB
        ? throw Mismatch(ordinal, typeof(string))
        : raw.sqlite3_column_text(statement, ordinal).utf8_to_string();

    InvalidCastException Mismatch(int ordinal, Type type)
    {
        var stored = raw.sqlite3_column_type(statement, ordinal) switch
        {
            raw.SQLITE_NULL => "null",
            raw.SQLITE_INTEGER => "a whole number",
            raw.SQLITE_FLOAT => "a number",
            raw.SQLITE_BLOB => "bytes",
            _ => "text",
        };
        return new($"Column '{raw.sqlite3_column_name(statement, ordinal).utf8_to_string()}' is {stored}, which is no {type.Name}. Read it as another type, or as one that may be null.");
    }
}
