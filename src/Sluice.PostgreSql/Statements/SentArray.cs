using System.Globalization;

namespace Sluice.PostgreSql.Statements;

/// <summary>An array as one whose elements the driver knows, each as a value by itself is sent.</summary>
static class SentArray
{
    // By the element's exact type: to the runtime an array of enumerations is one of numbers too, and one of unsigned numbers one of signed
    // ones.
    internal static object Of(Array array, SqlType arrays)
    {
        var element = array.GetType().GetElementType()!;
        var type = Nullable.GetUnderlyingType(element) ?? element;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.UInt64 => Values<decimal>(array, v => Convert.ToDecimal(v, CultureInfo.InvariantCulture)),
            TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32 => Values(array, v => Convert.ToInt64(v, CultureInfo.InvariantCulture)),
            TypeCode.Char => Array.ConvertAll((char[])array, c => c.ToString()),
            _ when type.IsEnum => Values(array, v => Convert.ToInt64(v, CultureInfo.InvariantCulture)),
            _ when type == typeof(DateTimeOffset) && arrays.Element?.Kind is not SqlTypeKind.TimeTz =>
                Values(array, v => ((DateTimeOffset)v).ToUniversalTime()),
            _ => array,
        };
    }

    static T?[] Values<T>(Array array, Func<object, T> sent)
        where T : struct
    {
        var values = new T?[array.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = array.GetValue(i) is { } value ? sent(value) : null;
        return values;
    }
}
