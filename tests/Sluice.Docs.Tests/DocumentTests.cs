using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Docs.Tests;

/// <summary>Nothing in the documents is untested.</summary>
public class DocumentTests
{
    [Fact]
    public void Every_csharp_block_is_code_that_runs_in_a_test()
    {
        var offenders =
            from file in MarkdownFile.All
            from block in file.Blocks
            where block.Language == "csharp"
            let problem = block.Snippet is null ? "has no '<!-- snippet: name -->' above"
                : !SnippetFile.All.TryGetValue(block.Snippet, out var code) ? $"names '{block.Snippet}', which no file of Snippets has"
                : code != block.Text ? $"differs from the snippet '{block.Snippet}', which is:\n{code}\n"
                : null
            where problem is not null
            select $"{block.Place} {problem}";

        AssertNone(offenders, "Show what stands between '// docs: name' and '// end' in tests/Sluice.Docs.Tests/Snippets.");
    }

    [Fact]
    public void Every_snippet_is_shown()
    {
        var shown = MarkdownFile.All.SelectMany(file => file.Blocks).Select(block => block.Snippet).ToHashSet(StringComparer.Ordinal);

        AssertNone(SnippetFile.All.Keys.Where(name => !shown.Contains(name)), "Show the snippet in a document, or remove its marks.");
    }

    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var offenders =
            from file in MarkdownFile.All
            from link in file.Links
            let problem = Problem(file, link.Target)
            where problem is not null
            select $"{file}:{link.Line}: {link.Target} {problem}";

        AssertNone(offenders, "Correct the link.");
    }

    // A page about the code that names a file which is gone misleads whoever looks for it.
    [Fact]
    public void Every_source_file_that_a_document_names_exists_once()
    {
        var sources = Directory.GetFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Repository.PathTo("tests"), "*.cs", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .ToList();
        var offenders =
            from file in MarkdownFile.All
            from match in Regex.Matches(string.Join('\n', file.Lines), @"`([\w./]+\.cs)`")
            let name = match.Groups[1].Value
            let found = sources.Count(path => path == name || path.EndsWith("/" + name, StringComparison.Ordinal))
            where found != 1
            select $"{file} names {name}, of which there {(found == 0 ? "is none" : "are several")}";

        AssertNone(offenders.Distinct(StringComparer.Ordinal), "Name the file as it is now, with its folder where several have the name.");
    }

    // Whoever looks for a step finds its folder on the page.
    [Fact]
    public void Contributing_names_every_folder_of_the_core_and_every_project()
    {
        var text = File.ReadAllText(Repository.PathTo("CONTRIBUTING.md"));
        var folders = Directory.GetDirectories(Repository.PathTo("src", "Sluice")).Concat(Directory.GetDirectories(Repository.PathTo("src")))
            .Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"));

        AssertNone(folders.Where(name => !text.Contains(name + "/", StringComparison.Ordinal)), "Add the folder to CONTRIBUTING.md.");
    }

    [Fact]
    public void The_readme_is_short_and_shows_code_at_once()
    {
        var readme = new MarkdownFile("README.md");
        var firstCode = readme.Lines.ToList().FindIndex(line => line.StartsWith("```", StringComparison.Ordinal)) + 1;

        Assert.InRange(readme.Lines.Count, 1, 150);
        Assert.InRange(firstCode, 1, 19);
    }

    [Fact]
    public void The_changelog_begins_with_the_version_that_is_built()
    {
        var first = File.ReadLines(Repository.PathTo("CHANGELOG.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal));
        var version = typeof(Engine).Assembly.GetName().Version!.ToString(3);

        Assert.StartsWith($"## {version} — ", first, StringComparison.Ordinal);
    }

    static string? Problem(MarkdownFile file, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? file.Path : Path.Combine(Path.GetDirectoryName(file.Path)!, parts[0]);
        if (!File.Exists(Repository.PathTo(path)) && !Directory.Exists(Repository.PathTo(path)))
            return "does not exist";
        return parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal) && !new MarkdownFile(path).Anchors.Contains(parts[1], StringComparer.Ordinal)
            ? "names a heading that the document does not have"
            : null;
    }

    static void AssertNone(IEnumerable<string> offenders, string remedy)
    {
        var list = offenders.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list) + "\n" + remedy);
    }
}
