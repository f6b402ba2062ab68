using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.PostgreSql.Encoding;

namespace Sluice.PostgreSql.Statements;

/// <summary>Values of statements as the types that they are compared with or stored in, where nothing is lost.</summary>
/// <remarks>By the rules that rows are stored by, so that a condition finds what a row has stored.</remarks>
static class ParameterValue
{
    /// <summary>Whether values of a family can come from several .NET types.</summary>
    internal static bool Is(SqlTypeKind kind) =>
        kind is SqlTypeKind.SmallInt or SqlTypeKind.Integer or SqlTypeKind.BigInt or SqlTypeKind.Real or SqlTypeKind.Double or SqlTypeKind.Numeric
        or SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Json or SqlTypeKind.JsonB or SqlTypeKind.Enum;

    /// <summary>A number as the text of its digits, which the server reads as any number; null where it is none.</summary>
    internal static string? Digits(object? value) => value switch
    {
        string text => text,
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        decimal or BigInteger => ((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The same for every element.</summary>
    internal static string?[]? Digits(Array numbers)
    {
        var all = new string?[numbers.Length];
        for (var i = 0; i < all.Length; i++)
        {
            if (numbers.GetValue(i) is { } number && (all[i] = Digits(number)) is null)
                return null;
        }
        return all;
    }

    /// <summary>
    /// The value as one of a type; null where it is none of it, so that it goes as what it is and the server compares the two.
    /// </summary>
    internal static object? As(SqlType type, object value) => type.Kind switch
    {
        SqlTypeKind.SmallInt => Whole(value) is { } whole && whole >= short.MinValue && whole <= short.MaxValue ? (short)whole : null,
        SqlTypeKind.Integer => Whole(value) is { } whole && whole >= int.MinValue && whole <= int.MaxValue ? (int)whole : null,
        SqlTypeKind.BigInt => Whole(value) is { } whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null,
        SqlTypeKind.Real => Single(value),
        SqlTypeKind.Double => Double(value),
        SqlTypeKind.Numeric => Decimal(value),
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Json or SqlTypeKind.JsonB => Text(value),
        SqlTypeKind.Enum => value is Enum label ? EnumLabels.LabelOf(type, label) : value as string,
        _ => null,
    };

    /// <summary>Every element as one of a type, in an array that the driver knows; null where one of them is none.</summary>
    internal static Array? AllAs(SqlType element, Array values) => element.Kind switch
    {
        SqlTypeKind.SmallInt => Structs<short>(element, values),
        SqlTypeKind.Integer => Structs<int>(element, values),
        SqlTypeKind.BigInt => Structs<long>(element, values),
        SqlTypeKind.Real => Structs<float>(element, values),
        SqlTypeKind.Double => Structs<double>(element, values),
        SqlTypeKind.Numeric => Structs<decimal>(element, values),
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Enum or SqlTypeKind.Json or SqlTypeKind.JsonB =>
            Texts(element, values),
        _ => null,
    };

    /// <summary>Whether the driver writes arrays of an element's type as they are.</summary>
    internal static bool IsUsual(SqlType element, Type given)
    {
        given = Nullable.GetUnderlyingType(given) ?? given;
        return element.Kind switch
        {
            SqlTypeKind.SmallInt => given == typeof(short),
            SqlTypeKind.Integer => given == typeof(int),
            SqlTypeKind.BigInt => given == typeof(long),
            SqlTypeKind.Real => given == typeof(float),
            SqlTypeKind.Double => given == typeof(double),
            SqlTypeKind.Numeric => given == typeof(decimal),
            _ => given == typeof(string),
        };
    }

    static Array? Structs<T>(SqlType element, Array values)
        where T : struct
    {
        var all = new T?[values.Length];
        for (var i = 0; i < all.Length; i++)
        {
            if (values.GetValue(i) is not { } value)
                continue;
            if (As(element, value) is not T converted)
                return null;
            all[i] = converted;
        }
        return all;
    }

    static string?[]? Texts(SqlType element, Array values)
    {
        var all = new string?[values.Length];
        for (var i = 0; i < all.Length; i++)
        {
            if (values.GetValue(i) is { } value && (all[i] = As(element, value) as string) is null)
                return null;
        }
        return all;
    }

    static BigInteger? Whole(object value) => value switch
    {
        BigInteger number => number,
        Int128 number => number,
        UInt128 number => number,
        float or double =>
            Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsInteger(number) ? new BigInteger(number) : null,
        decimal number => decimal.IsInteger(number) ? new BigInteger(number) : null,
        Enum number when number.GetTypeCode() is TypeCode.UInt64 => Convert.ToUInt64(number, CultureInfo.InvariantCulture),
        ulong number => number,
        sbyte or byte or short or ushort or int or uint or long or Enum => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    static object? Single(object value) => value switch
    {
        float single => single,
        double number => FloatDigits.TryKeep(number, out float single) ? single : null,
        decimal number => FloatDigits.TryKeep(number, out float single) ? single : null,
        _ => Whole(value) is { } whole && FloatDigits.TryKeep(whole, out var number) && (float)number == number ? (float)number : null,
    };

    static object? Double(object value) => value switch
    {
        double number => number,
        float single => (double)single,
        decimal number => FloatDigits.TryKeep(number, out double kept) ? kept : null,
        _ => Whole(value) is { } whole && FloatDigits.TryKeep(whole, out var number) ? number : null,
    };

    static object? Decimal(object value) => value switch
    {
        decimal number => number,
        string text =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text
                ? number
                : null,
        float single =>
            FloatDigits.TryDecimal(single, single.ToString("R", CultureInfo.InvariantCulture), out var number) || IsSingle(single, number)
                ? number
                : null,
        double number => FloatDigits.TryDecimal(number, number.ToString("R", CultureInfo.InvariantCulture), out var exact) ? exact : null,
        _ =>
            Whole(value) is { } whole && whole >= (BigInteger)decimal.MinValue && whole <= (BigInteger)decimal.MaxValue
                ? (decimal)whole
                : null,
    };

    static bool IsSingle(float value, decimal digits) =>
        float.Parse(digits.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == value;

    static string? Text(object value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        Enum label => label.ToString(),
        JsonElement json => json.GetRawText(),
        JsonDocument json => json.RootElement.GetRawText(),
        JsonNode json => json.ToJsonString(),
        _ => null,
    };
}
