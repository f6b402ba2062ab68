using System.Numerics;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Encodes one-dimensional arrays: a head, then each element as a value of its own.</summary>
static class ArrayEncoder
{
    internal static void Write<TElement>(CopyEncoder encoder, in Slot slot, ReadOnlySpan<TElement> values)
    {
        if (slot.Kind is not SqlTypeKind.Array)
            throw ValueProblems.ValueKind("an array", slot);
        var element = new Slot(slot.Type!.Element!, slot.ExactTimes);
        var start = encoder.BeginArray(slot, values.Length);
        var hasNulls = false;
        foreach (var value in values)
        {
            if (value is null)
            {
                hasNulls = true;
                encoder.NullValue();
            }
            else
            {
                Element(encoder, element, value);
            }
        }
        encoder.EndArray(start, hasNulls);
    }

    // The comparisons of types are decided when this is compiled for TElement, so nothing is boxed: each leaves one call.
    static void Element<TElement>(CopyEncoder encoder, in Slot slot, TElement value)
    {
        if (typeof(TElement) == typeof(bool)) encoder.Boolean(slot, (bool)(object)value!);
        else if (typeof(TElement) == typeof(bool?)) encoder.Boolean(slot, (bool)(object)value!);
        else if (typeof(TElement) == typeof(byte)) encoder.Integer(slot, (byte)(object)value!);
        else if (typeof(TElement) == typeof(byte?)) encoder.Integer(slot, (byte)(object)value!);
        else if (typeof(TElement) == typeof(sbyte)) encoder.Integer(slot, (sbyte)(object)value!);
        else if (typeof(TElement) == typeof(short)) encoder.Integer(slot, (short)(object)value!);
        else if (typeof(TElement) == typeof(short?)) encoder.Integer(slot, (short)(object)value!);
        else if (typeof(TElement) == typeof(ushort)) encoder.Integer(slot, (ushort)(object)value!);
        else if (typeof(TElement) == typeof(int)) encoder.Integer(slot, (int)(object)value!);
        else if (typeof(TElement) == typeof(int?)) encoder.Integer(slot, (int)(object)value!);
        else if (typeof(TElement) == typeof(uint)) encoder.Integer(slot, (uint)(object)value!);
        else if (typeof(TElement) == typeof(long)) encoder.Integer(slot, (long)(object)value!);
        else if (typeof(TElement) == typeof(long?)) encoder.Integer(slot, (long)(object)value!);
        else if (typeof(TElement) == typeof(ulong)) encoder.Unsigned(slot, (ulong)(object)value!);
        else if (typeof(TElement) == typeof(float)) encoder.Single(slot, (float)(object)value!);
        else if (typeof(TElement) == typeof(double)) encoder.Double(slot, (double)(object)value!);
        else if (typeof(TElement) == typeof(double?)) encoder.Double(slot, (double)(object)value!);
        else if (typeof(TElement) == typeof(decimal)) encoder.Decimal(slot, (decimal)(object)value!);
        else if (typeof(TElement) == typeof(Guid)) encoder.Uuid(slot, (Guid)(object)value!);
        else if (typeof(TElement) == typeof(DateTime)) encoder.Timestamp(slot, (DateTime)(object)value!);
        else if (typeof(TElement) == typeof(DateTimeOffset)) encoder.Timestamp(slot, (DateTimeOffset)(object)value!);
        else if (typeof(TElement) == typeof(DateOnly)) encoder.Date(slot, (DateOnly)(object)value!);
        else if (typeof(TElement) == typeof(TimeOnly)) encoder.Time(slot, (TimeOnly)(object)value!);
        else if (typeof(TElement) == typeof(TimeSpan)) encoder.Interval(slot, (TimeSpan)(object)value!);
        else Rare(encoder, slot, value!);
    }

    /// <summary>Encodes a value of any type that has an encoder.</summary>
    // Strings and bytes are references anyway; what else comes here are nullable values and enumerations, which are boxed once each.
    internal static void Rare(CopyEncoder encoder, in Slot slot, object value)
    {
        switch (value)
        {
            case bool v: encoder.Boolean(slot, v); break;
            case byte v: encoder.Integer(slot, v); break;
            case short v: encoder.Integer(slot, v); break;
            case int v: encoder.Integer(slot, v); break;
            case long v: encoder.Integer(slot, v); break;
            case double v: encoder.Double(slot, v); break;
            case string v: encoder.Text(slot, v); break;
            case byte[] v: encoder.Bytes(slot, v); break;
            case char v: encoder.Text(slot, [v]); break;
            case sbyte v: encoder.Integer(slot, v); break;
            case ushort v: encoder.Integer(slot, v); break;
            case uint v: encoder.Integer(slot, v); break;
            case ulong v: encoder.Unsigned(slot, v); break;
            case float v: encoder.Single(slot, v); break;
            case decimal v: encoder.Decimal(slot, v); break;
            case Guid v: encoder.Uuid(slot, v); break;
            case DateTime v: encoder.Timestamp(slot, v); break;
            case DateTimeOffset v: encoder.Timestamp(slot, v); break;
            case DateOnly v: encoder.Date(slot, v); break;
            case TimeOnly v: encoder.Time(slot, v); break;
            case TimeSpan v: encoder.Interval(slot, v); break;
            case BigInteger v: encoder.Whole(slot, v); break;
            case Int128 v: encoder.Whole(slot, v); break;
            case UInt128 v: encoder.Whole(slot, v); break;
            case System.Enum v when slot.Kind is SqlTypeKind.Enum or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char: EnumText(encoder, slot, v); break;
            case System.Enum v when v.GetTypeCode() is TypeCode.UInt64:
                encoder.Unsigned(slot,
                Convert.ToUInt64(v, System.Globalization.CultureInfo.InvariantCulture)); break;
            case System.Enum v: encoder.Integer(slot, Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)); break;
            default: throw ValueProblems.OtherValue(value.GetType());
        }
    }

    static void EnumText(CopyEncoder encoder, in Slot slot, System.Enum value) => encoder.Text(slot, EnumLabels.LabelOf(slot, value));
}
