using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Docs.Tests;

/// <summary>Code of this project that documents show: what is between "// docs: name" and "// end".</summary>
static class SnippetFile
{
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    static Dictionary<string, string> Read()
    {
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Repository.PathTo("tests", "Sluice.Docs.Tests", "Snippets"), "*.cs"))
        {
            var lines = File.ReadAllLines(path);
            for (var i = 0; i < lines.Length; i++)
            {
                var start = Regex.Match(lines[i], @"^\s*// docs: (\S+)$");
                if (!start.Success)
                    continue;
                var end = Array.FindIndex(lines, i + 1, line => line.Trim() == "// end");
                snippets.Add(start.Groups[1].Value, CodeBlock.Unindent(lines[(i + 1)..end]));
            }
        }
        return snippets;
    }
}
