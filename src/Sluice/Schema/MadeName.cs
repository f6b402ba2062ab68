using System.Globalization;
using System.Text;

namespace Sluice;

/// <summary>Names of constraints that nobody gave one.</summary>
/// <remarks>The row generator is compiled from this same file, so that generated and reflected tables agree.</remarks>
static class MadeName
{
    // What the databases keep of a name.
    const int MostBytes = 63;

    /// <summary>
    /// The name of a column's unique key: the table's and the column's and "key". One that is too long is cut, and told from others by a
    /// number.
    /// </summary>
    internal static string OfKey(string table, string column)
    {
        var name = table + "_" + column + "_key";
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length <= MostBytes)
            return name;
        var hash = 2_166_136_261u;
        foreach (var part in bytes)
            hash = unchecked((hash ^ part) * 16_777_619u);
        var end = "_" + hash.ToString("x8", CultureInfo.InvariantCulture) + "_key";
        while (Encoding.UTF8.GetByteCount(name) > MostBytes - end.Length || char.IsHighSurrogate(name[name.Length - 1]))
            name = name.Remove(name.Length - 1);
        return name + end;
    }
}
