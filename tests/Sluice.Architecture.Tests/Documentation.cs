using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Sluice.Architecture.Tests;

/// <summary>The documentation that is shipped beside an assembly.</summary>
static class Documentation
{
    static readonly ConcurrentDictionary<string, Dictionary<string, string>> s_files = new(StringComparer.Ordinal);

    internal static string Of(Assembly assembly, string member) =>
        s_files.GetOrAdd(Path.ChangeExtension(assembly.Location, ".xml"), Read).GetValueOrDefault(member, "");

    static Dictionary<string, string> Read(string path) =>
        XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, member => member.ToString(), StringComparer.Ordinal);
}
