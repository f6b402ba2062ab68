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
        // Decided when the method is compiled for T: other types do not even ask.
        if ((typeof(T).IsPrimitive || typeof(T) == typeof(decimal)) && types[ordinal] != typeof(T))
            return new DataRecordReader(reader).Get<T>(ordinal);
        return reader.GetFieldValue<T>(ordinal);
    }
}
