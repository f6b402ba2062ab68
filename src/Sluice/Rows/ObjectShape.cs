using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>Rows that are lists of objects: each value is written as its run-time type says.</summary>
/// <param name="fields">One for each value of a row.</param>
/// <param name="target">The table that the rows go to.</param>
sealed class ObjectShape(IReadOnlyList<RowField> fields, Table target) : RowShape<object?[]>
{
    readonly SqlTypeKind[] _kinds = [.. fields.Select(f => target.TryGetColumn(f.Name, out var column) ? column.Type.Kind : SqlTypeKind.Other)];

    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<object?[]> rows, ref TSink sink)
    {
        foreach (var row in rows)
        {
            sink.BeginRow();
            if (row.Length != Fields.Count)
                throw WrongCount(row.Length);
            for (var i = 0; i < row.Length; i++)
            {
                if (JsonValues.Is(row[i]))
                    JsonValues.Write(row[i]!, _kinds[i], ref sink);
                else
                    Write(row[i], ref sink);
            }
            sink.EndRow();
        }
    }

    ValueException WrongCount(int values) =>
        new($"the row has {values} values, but {Fields.Count} columns were named",
            "Supply one value for each column; null where there is none.");

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
            case byte[] v when value.GetType() == typeof(byte[]): sink.WriteBytes(v); break;
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
            case JsonElement or JsonDocument or JsonNode: JsonValues.Write(value, SqlTypeKind.Json, ref sink); break;
            case IList v: WriteList(v, ref sink); break;
            // Also an enumeration's value: the sink knows whether the column takes its number or its name.
            default: sink.WriteOther(value); break;
        }
    }

    static void WriteList<TSink>(IList list, ref TSink sink)
        where TSink : struct, IRowSink
    {
        // To the runtime an array of enumerations, or of unsigned numbers, is one of signed numbers too.
        if (list.GetType().GetElementType() is { } element && (element.IsEnum || element == typeof(sbyte) || element == typeof(ushort) || element == typeof(uint) || element == typeof(ulong)))
        {
            sink.WriteArray<object?>(list.Cast<object?>().ToArray());
            return;
        }
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
            case int?[] v: sink.WriteArray<int?>(v); break;
            case long?[] v: sink.WriteArray<long?>(v); break;
            case double?[] v: sink.WriteArray<double?>(v); break;
            case decimal?[] v: sink.WriteArray<decimal?>(v); break;
            case bool?[] v: sink.WriteArray<bool?>(v); break;
            case DateTime?[] v: sink.WriteArray<DateTime?>(v); break;
            case Guid?[] v: sink.WriteArray<Guid?>(v); break;
            case List<int> v: sink.WriteArray<int>(CollectionsMarshal.AsSpan(v)); break;
            case List<long> v: sink.WriteArray<long>(CollectionsMarshal.AsSpan(v)); break;
            case List<bool> v: sink.WriteArray<bool>(CollectionsMarshal.AsSpan(v)); break;
            case List<double> v: sink.WriteArray<double>(CollectionsMarshal.AsSpan(v)); break;
            case List<decimal> v: sink.WriteArray<decimal>(CollectionsMarshal.AsSpan(v)); break;
            case List<string?> v: sink.WriteArray<string?>(CollectionsMarshal.AsSpan(v)); break;
            case List<Guid> v: sink.WriteArray<Guid>(CollectionsMarshal.AsSpan(v)); break;
            case List<DateTime> v: sink.WriteArray<DateTime>(CollectionsMarshal.AsSpan(v)); break;
            case List<DateOnly> v: sink.WriteArray<DateOnly>(CollectionsMarshal.AsSpan(v)); break;
            case List<float> v: sink.WriteArray<float>(CollectionsMarshal.AsSpan(v)); break;
            case List<short> v: sink.WriteArray<short>(CollectionsMarshal.AsSpan(v)); break;
            case object?[] v when list.GetType() == typeof(object[]): sink.WriteArray<object?>(v); break;
            case List<object?> v: sink.WriteArray<object?>(CollectionsMarshal.AsSpan(v)); break;
            default: sink.WriteOther(list); break;
        }
    }
}
