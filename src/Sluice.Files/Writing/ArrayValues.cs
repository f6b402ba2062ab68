using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Files.Writing;

/// <summary>Arrays as the text of one field: in braces as SQL writes them, or as a JSON array.</summary>
static class ArrayValues
{
    internal static string Braces<T>(ReadOnlySpan<T> values)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            if (values[i] is null)
                text.Append("NULL");
            else
                text.Append('"').Append(TextOf(values[i]!).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
        return text.Append('}').ToString();
    }

    internal static string Json<T>(ReadOnlySpan<T> values)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i > 0 ? "," : "").Append(values[i] switch
            {
                null => "null",
                bool truth => truth ? "true" : "false",
                float or double when IsFinite(values[i]!) => TextOf(values[i]!),
                sbyte or byte or short or ushort or int or uint or long or ulong or decimal => TextOf(values[i]!),
                _ => "\"" + JsonEncodedText.Encode(TextOf(values[i]!), JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"",
            });
        }
        return text.Append(']').ToString();
    }

    static bool IsFinite(object number) => double.IsFinite(Convert.ToDouble(number, CultureInfo.InvariantCulture));

    internal static string TextOf(object value) => value switch
    {
        byte[] bytes => @"\x" + Convert.ToHexStringLower(bytes),
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        string text => text,
        char or Enum => value.ToString()!,
        // Of any other type the text may be no more than the type's name.
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        _ => throw OutputProblems.NoText(value.GetType()),
    };
}
