using Npgsql;
using Sluice.Reading;
using Sluice.Rows;

namespace Sluice.PostgreSql.Reading;

/// <summary>The values of the driver's current row, by the types that the result's columns were found to have.</summary>
/// <remarks>The same values as <see cref="DataRecordReader"/> gives, without asking the driver for each value's type.</remarks>
readonly struct PostgresRowReader(NpgsqlDataReader reader, Type[] types) : IRowReader
{
    internal static Type[] TypesOf(NpgsqlDataReader reader)
    {
        var types = new Type[reader.FieldCount];
        for (var i = 0; i < types.Length; i++)
            types[i] = reader.GetFieldType(i);
        return types;
    }

    public bool IsNull(int ordinal) => reader.IsDBNull(ordinal);

    public T Get<T>(int ordinal)
    {
        if (typeof(T) == typeof(StoredValue))
            return (T)(object)Stored(ordinal);
        // Decided when the method is compiled for T: other types do not even ask.
        if ((typeof(T).IsPrimitive || typeof(T) == typeof(decimal)) && types[ordinal] != typeof(T))
            return new DataRecordReader(reader).Get<T>(ordinal);
        return reader.GetFieldValue<T>(ordinal);
    }

    StoredValue Stored(int ordinal)
    {
        var type = types[ordinal];
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Boolean: return StoredValue.From(reader.GetBoolean(ordinal));
            case TypeCode.Int16: return StoredValue.From((long)reader.GetInt16(ordinal));
            case TypeCode.Int32: return StoredValue.From((long)reader.GetInt32(ordinal));
            case TypeCode.Int64: return StoredValue.From(reader.GetInt64(ordinal));
            case TypeCode.Single: return StoredValue.From(reader.GetFloat(ordinal));
            case TypeCode.Double: return StoredValue.From(reader.GetDouble(ordinal));
            case TypeCode.String: return StoredValue.From(reader.GetString(ordinal));
        }
        if (type == typeof(Guid))
            return StoredValue.From(reader.GetFieldValue<Guid>(ordinal));
        return type == typeof(byte[]) ? StoredValue.From(reader.GetFieldValue<byte[]>(ordinal)) : Time(ordinal);
    }

    StoredValue Time(int ordinal)
    {
        try
        {
            var type = types[ordinal];
            if (type == typeof(DateTime))
                return StoredValue.From(reader.GetDateTime(ordinal));
            if (type == typeof(DateOnly))
                return StoredValue.From(reader.GetFieldValue<DateOnly>(ordinal));
            // A day may end at 24:00, which is no time of day to .NET.
            return type == typeof(TimeOnly) || type == typeof(TimeSpan)
                ? StoredValue.From(reader.GetFieldValue<TimeSpan>(ordinal))
                : StoredValue.From(reader.GetFieldValue<string>(ordinal));
        }
        catch (Exception beyond) when (beyond is InvalidCastException or OverflowException or ArgumentOutOfRangeException)
        {
            throw Throw.BeyondCalendar(reader.GetName(ordinal), beyond);
        }
    }
}
