using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>What the text of the sources has in common.</summary>
public class SourceTests
{
    const int MostLines = 450;
    const int MostSuppressions = 12;

    // Halves that generators of the framework write: of JSON contracts, regular expressions, native calls and log messages.
    static readonly string[] s_generators = ["JsonSerializerContext", "[GeneratedRegex", "[LibraryImport", "[LoggerMessage"];

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() => Rule.Holds(
        $"A file has more than {MostLines} lines.",
        "It is usually two files.",
        from folder in new[] { "src", "tests", "benchmarks" }
        from file in SourceFile.In(folder)
        where file.Lines.Count() > MostLines
        select $"{file}: {file.Lines.Count()}");

    // One vocabulary and one writer: each file of them has one kind of word.
    static readonly string[] s_parted = ["src/Sluice/Statements/Sql.cs", "src/Sluice/Statements/SqlTrees.cs", "src/Sluice/Statements/SqlFunctions.cs", "src/Sluice/Statements/SqlMoments.cs", "src/Sluice/Rendering/StatementRenderer"];

    [Fact]
    public void No_partial_outside_the_generated_half() => Rule.Holds(
        "A type is partial without a generator that writes its other half.",
        "Put the type into one file, or split it into two types.",
        from file in SourceFile.In("src")
        where !Array.Exists(s_generators, generator => file.Text.Contains(generator, StringComparison.Ordinal))
        where !Array.Exists(s_parted, parted => file.Path.StartsWith(parted, StringComparison.Ordinal))
        from line in file.Lines
        where Regex.IsMatch(line.Text, @"^\s*(?:\[.*\]\s*)?(?:(?:public|internal|sealed|static|abstract|readonly|file)\s+)*partial\s+(?:class|struct|record|interface)\b")
        select $"{file}:{line.Number}");

    [Fact]
    public void Suppressions_are_few_and_explained()
    {
        var suppressions = (
            from file in SourceFile.In("src")
            from line in file.Lines
            where Regex.IsMatch(line.Text, @"^\s*#pragma warning disable|^\s*\[.*SuppressMessage\(")
            select (Place: $"{file}:{line.Number}", Explained: line.Text.Contains("//", StringComparison.Ordinal) || line.Text.Contains("Justification = \"", StringComparison.Ordinal))).ToList();

        Rule.Holds("A warning is suppressed without a reason.", "Say why on the same line, as a comment or Justification.", suppressions.Where(s => !s.Explained).Select(s => s.Place));
        Assert.True(suppressions.Count <= MostSuppressions, $"{suppressions.Count} warnings are suppressed in src, more than {MostSuppressions}. Mend the code instead, or turn the rule off in .editorconfig for all.");
    }

    [Fact]
    public void No_generated_source_is_committed() => Rule.Holds(
        "A generated source is among the sources.",
        "Builds make it; leave it out.",
        from file in SourceFile.In("src", "*.*").Concat(SourceFile.In("tests"))
        where file.Name.EndsWith(".g.cs", StringComparison.Ordinal) || file.Path.Contains("/Generated/", StringComparison.Ordinal)
        select file.Path);

    [Fact]
    public void Every_test_and_source_project_is_in_the_solution() => Rule.Holds(
        "A project is not in Sluice.slnx, so ./test does not build it.",
        "Add it.",
        from folder in new[] { "src", "tests", "benchmarks", "samples" }
        from project in SourceFile.In(folder, "*.csproj")
        where !File.ReadAllText(Repository.PathTo("Sluice.slnx")).Contains(project.Path, StringComparison.Ordinal)
        select project.Path);
}
