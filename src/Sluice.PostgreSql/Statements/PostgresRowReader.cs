using System.Globalization;
using System.Numerics;
using Npgsql;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.Reading;
using Sluice.Rows;

namespace Sluice.PostgreSql.Statements;

/// <summary>The values of the driver's current row, by the types that the result's columns were found to have.</summary>
/// <remarks>The same values as <see cref="DataRecordReader"/> gives, without asking the driver for each value's type.</remarks>
readonly struct PostgresRowReader(NpgsqlDataReader reader, Type[] types) : IRowReader
{
    /// <exception cref="UnknownType">A column has a type that the driver has not heard of yet.</exception>
    internal static Type[] TypesOf(NpgsqlDataReader reader, Backend backend)
    {
        var types = new Type[reader.FieldCount];
        for (var i = 0; i < types.Length; i++)
        {
            if (reader.GetPostgresType(i) is Npgsql.PostgresTypes.UnknownBackendType && backend.IsNewType(reader.GetDataTypeOID(i)))
                throw new UnknownType(reader.GetName(i));
            types[i] = StoredTime.TypeOf(reader.GetDataTypeOID(i)) ?? reader.GetFieldType(i);
        }
        return types;
    }

    public bool IsNull(int ordinal) => reader.IsDBNull(ordinal);

    public T Get<T>(int ordinal)
    {
        if (typeof(T) == typeof(StoredValue))
            return (T)(object)Stored(ordinal);
        // Decided when the method is compiled for T: other types do not even ask.
        if (typeof(T).IsValueType && EnumLabels.IsEnum<T>())
            return EnumLabels.TryRead<T>(reader, types[ordinal], ordinal, out var labelled)
                ? labelled
                : new DataRecordReader(reader).Get<T>(ordinal);
        if (!typeof(T).IsValueType && types[ordinal] == typeof(decimal) && typeof(T) == typeof(string))
            return (T)(object)reader.GetFieldValue<decimal>(ordinal).ToString(CultureInfo.InvariantCulture);
        if ((typeof(T).IsPrimitive || typeof(T) == typeof(decimal) || typeof(T) == typeof(BigInteger)) && types[ordinal] != typeof(T))
            return new DataRecordReader(reader).Get<T>(ordinal);
        if (StoredTime.IsReadAs<T>())
            StoredTime.Check(reader, ordinal, types[ordinal], typeof(T));
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

    // By the server's own counts: the driver gives the same value for infinity as for the last day that .NET has.
    StoredValue Time(int ordinal)
    {
        var type = types[ordinal];
        if (type == typeof(DateTime))
            return Timestamp(reader.GetFieldValue<long>(ordinal), ordinal);
        if (type == typeof(DateOnly))
            return Date(reader.GetFieldValue<int>(ordinal), ordinal);
        if (type == typeof(TimeSpan))
            StoredTime.CheckSpan(reader, ordinal);
        // A day may end at 24:00, which is no time of day to .NET.
        return type == typeof(TimeOnly) || type == typeof(TimeSpan)
            ? StoredValue.From(reader.GetFieldValue<TimeSpan>(ordinal))
            : StoredValue.From(reader.GetFieldValue<string>(ordinal));
    }

    StoredValue Timestamp(long microseconds, int ordinal)
    {
        if (microseconds is long.MaxValue or long.MinValue)
            return Infinity(microseconds > 0);
        StoredTime.CheckTimestamp(microseconds, reader, ordinal);
        _ = PostgresTime.TryTicks(microseconds, out var ticks);
        return StoredValue.From(new DateTime(ticks, reader.GetDataTypeOID(ordinal) == PostgresTypes.PointInTime ? DateTimeKind.Utc : DateTimeKind.Unspecified));
    }

    StoredValue Date(int days, int ordinal)
    {
        if (days is int.MaxValue or int.MinValue)
            return Infinity(days > 0);
        StoredTime.CheckDate(days, reader, ordinal);
        return StoredValue.From(DateOnly.FromDayNumber((int)(days - PostgresTime.FirstDay)));
    }

    static StoredValue Infinity(bool isLast) => StoredValue.From(isLast ? "infinity" : "-infinity");
}
