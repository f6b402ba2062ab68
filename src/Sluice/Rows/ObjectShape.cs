using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>Rows that are lists of objects: each value is written as its run-time type says.</summary>
sealed class ObjectShape(IReadOnlyList<RowField> fields) : RowShape<object?[]>
{
    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<object?[]> rows, ref TSink sink)
    {
        foreach (var row in rows)
        {
            sink.BeginRow();
            if (row.Length != Fields.Count)
                throw WrongCount(row.Length);
            foreach (var value in row)
                Write(value, ref sink);
            sink.EndRow();
        }
    }

    ValueException WrongCount(int values) =>
        new($"the row has {values} values, but {Fields.Count} columns were named", "Supply one value for each column; null where there is none.");

    internal static void Write<TSink>(object? value, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (value)
        {
            case null or DBNull: sink.WriteNull(); break;
            case string v: sink.Write(v); break;
            case long v: sink.Write(v); break;
            case int v: sink.Write((long)v); break;
            case double v: sink.Write(v); break;
            case bool v: sink.Write(v); break;
            case decimal v: sink.Write(v); break;
            case DateTime v: sink.Write(v); break;
            case DateTimeOffset v: sink.Write(v); break;
            case DateOnly v: sink.Write(v); break;
            case TimeOnly v: sink.Write(v); break;
            case TimeSpan v: sink.Write(v); break;
            case Guid v: sink.Write(v); break;
            case byte[] v: sink.WriteBytes(v); break;
            case short v: sink.Write((long)v); break;
            case byte v: sink.Write((long)v); break;
            case sbyte v: sink.Write((long)v); break;
            case ushort v: sink.Write((long)v); break;
            case uint v: sink.Write((long)v); break;
            case ulong v: sink.Write(v); break;
            case float v: sink.Write(v); break;
            case char v: sink.Write(v.ToString()); break;
            case ReadOnlyMemory<byte> v: sink.WriteBytes(v.Span); break;
            case Memory<byte> v: sink.WriteBytes(v.Span); break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: sink.WriteNull(); break;
            case JsonElement v: sink.Write(v.GetRawText()); break;
            case JsonDocument v: sink.Write(v.RootElement.GetRawText()); break;
            case JsonNode v: sink.Write(v.ToJsonString()); break;
            case Enum v: WriteEnum(v, ref sink); break;
            case IList v: WriteList(v, ref sink); break;
            default: sink.WriteOther(value); break;
        }
    }

    // A boxed enumeration has no type argument to write it by: its number goes out, and a column of labels refuses it by name.
    static void WriteEnum<TSink>(Enum value, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (Type.GetTypeCode(value.GetType()) == TypeCode.UInt64)
            sink.Write(Convert.ToUInt64(value, System.Globalization.CultureInfo.InvariantCulture));
        else
            sink.Write(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
    }

    static void WriteList<TSink>(IList list, ref TSink sink)
        where TSink : struct, IRowSink
    {
        switch (list)
        {
            case int[] v: sink.WriteArray<int>(v); break;
            case long[] v: sink.WriteArray<long>(v); break;
            case short[] v: sink.WriteArray<short>(v); break;
            case bool[] v: sink.WriteArray<bool>(v); break;
            case float[] v: sink.WriteArray<float>(v); break;
            case double[] v: sink.WriteArray<double>(v); break;
            case decimal[] v: sink.WriteArray<decimal>(v); break;
            case string?[] v: sink.WriteArray<string?>(v); break;
            case Guid[] v: sink.WriteArray<Guid>(v); break;
            case DateTime[] v: sink.WriteArray<DateTime>(v); break;
            case DateTimeOffset[] v: sink.WriteArray<DateTimeOffset>(v); break;
            case DateOnly[] v: sink.WriteArray<DateOnly>(v); break;
            case TimeOnly[] v: sink.WriteArray<TimeOnly>(v); break;
            case TimeSpan[] v: sink.WriteArray<TimeSpan>(v); break;
            case byte[][] v: sink.WriteArray<byte[]>(v); break;
            default: sink.WriteOther(list); break;
        }
    }
}
