using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Docs.Tests;

/// <summary>A document of the clone: its fenced blocks, its links and its headings.</summary>
sealed record MarkdownFile(string Path)
{
    readonly string[] _lines = File.ReadAllLines(Repository.PathTo(Path));

    /// <summary>Every document that is for users, by its path from the root.</summary>
    public static IEnumerable<MarkdownFile> All =>
        Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Repository.PathTo("samples"), "*.md", SearchOption.AllDirectories))
            .Select(path => new MarkdownFile(System.IO.Path.GetRelativePath(Repository.Root, path)))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    public IReadOnlyList<string> Lines => _lines;

    public IEnumerable<CodeBlock> Blocks
    {
        get
        {
            for (var i = 0; i < _lines.Length; i++)
            {
                if (!_lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                    continue;
                var end = Array.FindIndex(_lines, i + 1, line => line.TrimStart().StartsWith("```", StringComparison.Ordinal));
                if (end < 0)
                    throw new InvalidDataException($"{Path}:{i + 1}: the block is not closed.");
                yield return new CodeBlock($"{Path}:{i + 1}", _lines[i].Trim().TrimStart('`'), SnippetNameAbove(i), CodeBlock.Unindent(_lines[(i + 1)..end]));
                i = end;
            }
        }
    }

    /// <summary>Targets of links that are no addresses, without code, with the line they are on.</summary>
    public IEnumerable<(int Line, string Target)> Links
    {
        get
        {
            var fenced = false;
            for (var i = 0; i < _lines.Length; i++)
            {
                if (_lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                    fenced = !fenced;
                if (fenced)
                    continue;
                foreach (Match match in Regex.Matches(Regex.Replace(_lines[i], "`[^`]*`", ""), @"\]\(([^)\s]+)\)"))
                {
                    if (!match.Groups[1].Value.Contains("://", StringComparison.Ordinal) && !match.Groups[1].Value.StartsWith("mailto:", StringComparison.Ordinal))
                        yield return (i + 1, match.Groups[1].Value);
                }
            }
        }
    }

    /// <summary>The names by which links reach the headings: those that a heading's text gives, and those that are set.</summary>
    public IEnumerable<string> Anchors =>
        HeadingAnchors.Concat(_lines.Select(line => Regex.Match(line, @"^<a id=""([\w\-]+)""></a>$")).Where(m => m.Success).Select(m => m.Groups[1].Value));

    IEnumerable<string> HeadingAnchors =>
        from line in _lines
        where line.StartsWith('#')
        let text = line.TrimStart('#').Trim().ToLowerInvariant()
        select Regex.Replace(text, @"[^\w\- ]", "").Replace(' ', '-');

    string? SnippetNameAbove(int line)
    {
        var above = line > 0 ? Regex.Match(_lines[line - 1], @"^\s*<!-- snippet: (\S+) -->$") : Match.Empty;
        return above.Success ? above.Groups[1].Value : null;
    }

    public override string ToString() => Path;
}
