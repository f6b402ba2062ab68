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

    public bool IsNull(int index) => reader.IsDBNull(index);

    public T Get<T>(int index)
    {
        if (typeof(T) == typeof(StoredValue))
            return (T)(object)Stored(index);
        // Decided when the method is compiled for T: other types do not even ask.
        if (typeof(T).IsValueType && EnumLabels.IsEnum<T>())
            return EnumLabels.TryRead<T>(reader, types[index], index, out var labelled)
                ? labelled
                : new DataRecordReader(reader).Get<T>(index);
        if (!typeof(T).IsValueType && types[index] == typeof(decimal) && typeof(T) == typeof(string))
            return (T)(object)reader.GetFieldValue<decimal>(index).ToString(CultureInfo.InvariantCulture);
        if ((typeof(T).IsPrimitive || typeof(T) == typeof(decimal) || typeof(T) == typeof(BigInteger)) && types[index] != typeof(T))
            return new DataRecordReader(reader).Get<T>(index);
        if (StoredTime.IsReadAs<T>())
            StoredTime.Check(reader, index, types[index], typeof(T));
        return reader.GetFieldValue<T>(index);
    }

    StoredValue Stored(int index)
    {
        var type = types[index];
        switch (Type.GetTypeCode(type))
        {
            case TypeCode.Boolean: return StoredValue.From(reader.GetBoolean(index));
            case TypeCode.Int16: return StoredValue.From((long)reader.GetInt16(index));
            case TypeCode.Int32: return StoredValue.From((long)reader.GetInt32(index));
            case TypeCode.Int64: return StoredValue.From(reader.GetInt64(index));
            case TypeCode.Single: return StoredValue.From(reader.GetFloat(index));
            case TypeCode.Double: return StoredValue.From(reader.GetDouble(index));
            case TypeCode.String: return StoredValue.From(reader.GetString(index));
        }
        if (type == typeof(Guid))
            return StoredValue.From(reader.GetFieldValue<Guid>(index));
        return type == typeof(byte[]) ? StoredValue.From(reader.GetFieldValue<byte[]>(index)) : Time(index);
    }

    // By the server's own counts: the driver gives the same value for infinity as for the last day that .NET has.
    StoredValue Time(int index)
    {
        var type = types[index];
        if (type == typeof(DateTime))
            return Timestamp(reader.GetFieldValue<long>(index), index);
        if (type == typeof(DateOnly))
            return Date(reader.GetFieldValue<int>(index), index);
        if (type == typeof(TimeSpan))
            StoredTime.CheckSpan(reader, index);
        // A day may end at 24:00, which is no time of day to .NET.
        return type == typeof(TimeOnly) || type == typeof(TimeSpan)
            ? StoredValue.From(reader.GetFieldValue<TimeSpan>(index))
            : StoredValue.From(reader.GetFieldValue<string>(index));
    }

    StoredValue Timestamp(long microseconds, int index)
    {
        if (microseconds is long.MaxValue or long.MinValue)
            return Infinity(microseconds > 0);
        StoredTime.CheckTimestamp(microseconds, reader, index);
        _ = PostgresTime.TryTicks(microseconds, out var ticks);
        return StoredValue.From(new DateTime(ticks, reader.GetDataTypeOID(index) == PostgresTypes.PointInTime ? DateTimeKind.Utc : DateTimeKind.Unspecified));
    }

    StoredValue Date(int days, int index)
    {
        if (days is int.MaxValue or int.MinValue)
            return Infinity(days > 0);
        StoredTime.CheckDate(days, reader, index);
        return StoredValue.From(DateOnly.FromDayNumber((int)(days - PostgresTime.FirstDay)));
    }

    static StoredValue Infinity(bool isLast) => StoredValue.From(isLast ? "infinity" : "-infinity");
}
