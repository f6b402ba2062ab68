using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>Row code by plain reflection, where no code can be compiled at run time. It boxes every value.</summary>
sealed class ReflectedRowType<T>(RowMaking making, IReadOnlyList<RowField> fields) : RowType<T>
{
    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<T> rows, ref TSink sink)
    {
        foreach (var row in rows)
        {
            sink.BeginRow();
            if (row is null)
                throw RowProblems.NullRow();
            object boxed = row;
            foreach (var column in making.Columns)
                ObjectShape.Write(column.Property.GetValue(boxed), ref sink);
            sink.EndRow();
        }
    }

    public override T Read<TReader>(ref TReader reader)
    {
        if (!making.IsPossible)
            throw RowProblems.NotReadable(typeof(T));
        var values = new object?[making.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.IsNull(i) && making.Columns[i].CanBeNull ? null : Get(ref reader, i, making.Columns[i].ValueType);

        object row = making.Constructor is { } constructor
            ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. making.Parameters.Select(i => values[i])],
                CultureInfo.InvariantCulture)
            : default(T)!;
        foreach (var i in making.Setters)
            making.Columns[i].Property.SetValue(row, values[i]);
        return (T)row;
    }

    static object Get<TReader>(ref TReader reader, int i, Type type)
        where TReader : struct, IRowReader
    {
        if (type.IsEnum)
            return EnumOf(reader.Get<object>(i), type);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => reader.Get<bool>(i),
            TypeCode.SByte => reader.Get<sbyte>(i),
            TypeCode.Byte => reader.Get<byte>(i),
            TypeCode.Int16 => reader.Get<short>(i),
            TypeCode.UInt16 => reader.Get<ushort>(i),
            TypeCode.Int32 => reader.Get<int>(i),
            TypeCode.UInt32 => reader.Get<uint>(i),
            TypeCode.Int64 => reader.Get<long>(i),
            TypeCode.UInt64 => reader.Get<ulong>(i),
            TypeCode.Single => reader.Get<float>(i),
            TypeCode.Double => reader.Get<double>(i),
            TypeCode.Decimal => reader.Get<decimal>(i),
            TypeCode.Char => reader.Get<char>(i),
            TypeCode.String => reader.Get<string>(i),
            TypeCode.DateTime => reader.Get<DateTime>(i),
            _ when type == typeof(Guid) => reader.Get<Guid>(i),
            _ when type == typeof(DateTimeOffset) => reader.Get<DateTimeOffset>(i),
            _ when type == typeof(DateOnly) => reader.Get<DateOnly>(i),
            _ when type == typeof(TimeOnly) => reader.Get<TimeOnly>(i),
            _ when type == typeof(TimeSpan) => reader.Get<TimeSpan>(i),
            _ when type == typeof(byte[]) => reader.Get<byte[]>(i),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(reader.Get<byte[]>(i)),
            _ when type == typeof(Memory<byte>) => new Memory<byte>(reader.Get<byte[]>(i)),
            _ when type == typeof(JsonDocument) => JsonDocument.Parse(reader.Get<string>(i)),
            _ when type == typeof(JsonElement) => JsonElement.Parse(reader.Get<string>(i)),
            _ when typeof(JsonNode).IsAssignableFrom(type) => JsonNode.Parse(reader.Get<string>(i))!,
            _ => ListOf(ref reader, i, type),
        };
    }

    static object EnumOf(object stored, Type type) =>
        stored is string text
            ? EnumNames.TryRead(type, text, out var named) ? named : throw new InvalidCastException($"A text is no name of {type.Name}. Read it as String.")
        : stored.GetType() == type ? stored
        : Type.GetTypeCode(type) is TypeCode.UInt64 ? Enum.ToObject(type, Convert.ToUInt64(stored, CultureInfo.InvariantCulture))
        : Enum.ToObject(type, Convert.ToInt64(stored, CultureInfo.InvariantCulture));

    // Lists are few enough to name; without a compiler at run time no other can be made.
    static object ListOf<TReader>(ref TReader reader, int i, Type type)
        where TReader : struct, IRowReader
    {
        if (type == typeof(List<int>)) return new List<int>(reader.Get<int[]>(i));
        if (type == typeof(List<long>)) return new List<long>(reader.Get<long[]>(i));
        if (type == typeof(List<double>)) return new List<double>(reader.Get<double[]>(i));
        if (type == typeof(List<string>)) return new List<string>(reader.Get<string[]>(i));
        if (type == typeof(int[])) return reader.Get<int[]>(i);
        if (type == typeof(long[])) return reader.Get<long[]>(i);
        if (type == typeof(double[])) return reader.Get<double[]>(i);
        if (type == typeof(string[])) return reader.Get<string[]>(i);
        return reader.Get<object>(i);
    }
}
