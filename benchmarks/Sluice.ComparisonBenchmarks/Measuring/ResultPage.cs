using System.Text;
using Sluice.ComparisonBenchmarks.Workloads;

namespace Sluice.ComparisonBenchmarks.Measuring;

/// <summary>A Markdown page whose tables, between a pair of markers, are made from files of results.</summary>
/// <remarks>The markers: <c>&lt;!-- results: FILE --&gt;</c>, the file relative to the page's folder, and <c>&lt;!-- end --&gt;</c>.</remarks>
public static class ResultPage
{
    const string Start = "<!-- results: ";
    const string End = "<!-- end -->";

    /// <summary>The page with every table made anew.</summary>
    public static string Render(string page, string text)
    {
        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf(Start, at, StringComparison.Ordinal) is var start and >= 0)
        {
            var afterMarker = text.IndexOf("-->", start, StringComparison.Ordinal) + 3;
            var end = text.IndexOf(End, afterMarker, StringComparison.Ordinal);
            if (end < 0)
                throw new UsageException($"'{page}': a '{Start}' marker has no '{End}' after it.");
            var file = text[(start + Start.Length)..(afterMarker - 3)].Trim();
            result.Append(text, at, afterMarker - at).Append("\n\n").Append(TableOf(page, file)).Append('\n');
            at = end;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    static string TableOf(string page, string file)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, file);
        return File.Exists(path) ? ResultTable.Render(File.ReadLines(path)) : "No results are committed for this workload.\n";
    }
}
