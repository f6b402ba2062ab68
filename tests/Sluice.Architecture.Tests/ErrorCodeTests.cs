using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>One code has one meaning, a section in docs/errors.md, and a link that leads there.</summary>
public partial class ErrorCodeTests
{
    static readonly string s_page = File.ReadAllText(Repository.PathTo("docs", "errors.md"));

    static readonly IReadOnlyList<(string Code, string Package, string Member, string Place)> s_uses = [.. Uses()];

    [Fact]
    public void Every_error_code_has_a_section() => Rule.Holds(
        "An error code is not explained in docs/errors.md.",
        "Add a section '### SLUnnnn: what happened', behind its anchor, with what it means, why it happens and what to do.",
        s_uses.Select(use => use.Code).Except(Explained(), StringComparer.Ordinal));

    [Fact]
    public void Every_section_is_of_an_error_that_is_thrown() => Rule.Holds(
        "docs/errors.md explains a code that nothing throws.",
        "Remove the section.",
        Explained().Except(s_uses.Select(use => use.Code), StringComparer.Ordinal));

    [Fact]
    public void A_code_is_given_at_one_place_of_a_package() => Rule.Holds(
        "A code is given to several failures.",
        "Give each problem a code of its own, or let all come through one member that names it.",
        from use in s_uses
        group use by (use.Code, use.Package) into uses
        where uses.Count() > 1
        select $"{uses.Key.Code}: {string.Join(", ", uses.Select(use => use.Place))}");

    [Fact]
    public void Packages_that_share_a_code_mean_the_same() => Rule.Holds(
        "Two packages give one code to members of different names.",
        "Give each problem a code of its own; members of the same problem have the same name in every package.",
        from use in s_uses
        group use by use.Code into uses
        where uses.Select(use => use.Member).Distinct(StringComparer.Ordinal).Count() > 1
        select $"{uses.Key}: {string.Join(", ", uses.Select(use => $"{use.Member} ({use.Place})"))}");

    [Fact]
    public void Nothing_is_decided_by_a_code() => Rule.Holds(
        "Code asks for an error's code, or looks into its message.",
        "Let a property of the failure say what is to be known.",
        from file in SourceFile.In("src")
        from line in file.Lines
        where Asked().IsMatch(line.Text)
        select $"{file}:{line.Number}");

    [Fact]
    public void A_link_leads_to_the_section_of_its_code() => Rule.Holds(
        "An error's HelpLink does not lead to its section.",
        "Put <a id=\"slunnnn\"></a> before the section.",
        from code in s_uses.Select(use => use.Code).Distinct(StringComparer.Ordinal)
        let link = new BulkPlanException(code, "", "").HelpLink!
        where !link.StartsWith("docs/errors.md#", StringComparison.Ordinal)
            || !s_page.Contains($"<a id=\"{link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]}\"></a>\n\n### {code}: ",
                StringComparison.Ordinal)
        select $"{code}: {link}");

    [Fact]
    public void Links_of_documents_lead_to_a_section() => Rule.Holds(
        "A document links to a code that docs/errors.md does not have.",
        "Name the code that is meant.",
        from file in Directory.EnumerateFiles(Repository.Root,
            "*.md").Concat(Directory.EnumerateFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories))
        from link in Link().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
        where !s_page.Contains($"<a id=\"{link}\"></a>", StringComparison.Ordinal)
        select $"{Path.GetFileName(file)}: {link}");

    [Fact]
    public void Sections_stand_in_order()
    {
        var codes = Explained().ToList();
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Equal(codes.Distinct(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void What_was_kept_is_written_once() => Rule.Holds(
        "What was kept is said in a text of its own.",
        "Take it from Kept.",
        from file in SourceFile.In("src")
        where !file.Path.EndsWith("Errors/Kept.cs", StringComparison.Ordinal)
        from line in file.Lines
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && KeptText().IsMatch(line.Text)
        select $"{file}:{line.Number}");

    static IEnumerable<(string Code, string Package, string Member, string Place)> Uses()
    {
        foreach (var file in SourceFile.In("src"))
        {
            var member = "";
            foreach (var line in file.Lines)
            {
                if (Member().Match(line.Text) is { Success: true } declared)
                    member = declared.Groups[1].Value;
                foreach (var code in Code().Matches(line.Text).Select(match => match.Groups[1].Value))
                    yield return (code, file.Path.Split('/')[1], member, $"{file}:{line.Number}");
            }
        }
    }

    static IEnumerable<string> Explained() => Section().Matches(s_page).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"""(SLU\d{4})""", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^### (SLU\d{4})\b", RegexOptions.Multiline, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s+(?:(?:internal|public|private|static|readonly|const)\s+)+[\w.<>?]+\s+(\w+)\s*[(=]", RegexOptions.None, 1000)]
    private static partial Regex Member();

    [GeneratedRegex(@"Code (?:is|is not|==|!=) ""?SLU|Code: ""SLU|\bMessage\.(?:Contains|StartsWith|EndsWith|Replace)\(""[^""]*(?:SLU|Nothing was)", RegexOptions.None, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"errors\.md#(slu\d{4})", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"Nothing was (?:sent|read|changed|created|written|kept|committed)\b|nothing was kept", RegexOptions.None, 1000)]
    private static partial Regex KeptText();
}
