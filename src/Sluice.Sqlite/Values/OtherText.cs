using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;

namespace Sluice.Sqlite.Values;

/// <summary>Values of the framework's further types whose text has all that they hold.</summary>
static class OtherText
{
    static readonly Dictionary<Type, Func<string, object>> s_parsers = new()
    {
        [typeof(IPAddress)] = text => IPAddress.Parse(text),
        [typeof(IPNetwork)] = text => IPNetwork.Parse(text),
        [typeof(PhysicalAddress)] = text => PhysicalAddress.Parse(text),
        [typeof(BigInteger)] = text => BigInteger.Parse(text, CultureInfo.InvariantCulture),
        [typeof(Int128)] = text => Int128.Parse(text, CultureInfo.InvariantCulture),
        [typeof(UInt128)] = text => UInt128.Parse(text, CultureInfo.InvariantCulture),
        [typeof(Uri)] = text => new Uri(text, UriKind.RelativeOrAbsolute),
        [typeof(Version)] = text => Version.Parse(text),
    };

    internal static bool Takes(Type type) => s_parsers.ContainsKey(type) || type.IsSubclassOf(typeof(IPAddress));

    internal static string Of(object value) =>
        value is Uri uri ? uri.OriginalString : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    internal static object Parse(string text, Type type) => s_parsers[type](text);
}
