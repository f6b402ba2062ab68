using System.Text;

namespace Sluice;

/// <summary>Names of .NET members as databases write them.</summary>
/// <remarks>The row generator is compiled from this same file, so that generated and reflected tables agree.</remarks>
static class SnakeCase
{
    /// <summary>XMLValue becomes xml_value, DeviceID becomes device_id, Value2 becomes value2.</summary>
    internal static string Of(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i))
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }
        return result.ToString();
    }

    static bool StartsWord(string name, int i)
    {
        if (i == 0 || !char.IsUpper(name[i]) || name[i - 1] == '_')
            return false;
        // Within a run of capitals only the last one, which begins the next word, starts a word: XMLValue, not X_M_L_Value.
        return !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
    }
}
