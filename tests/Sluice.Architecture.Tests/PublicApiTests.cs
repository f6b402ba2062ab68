using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>
/// The public API is what was agreed on: an analyzer compares it with recorded files while a library is built, and these tests hold that it
/// does.
/// </summary>
public class PublicApiTests
{
    [Theory]
    [MemberData(nameof(Packages.Libraries), MemberType = typeof(Packages))]
    public void The_public_api_is_recorded_beside_its_library_with_what_may_be_null(string package)
    {
        foreach (var kind in (string[])["Shipped", "Unshipped"])
        {
            var path = Repository.PathTo("src", package, $"PublicAPI.{kind}.txt");
            Assert.True(File.Exists(path), $"{path} is missing, so that nothing compares {package}'s public API.");
            Assert.Equal("#nullable enable", File.ReadLines(path).First());
        }
    }

    [Theory]
    [MemberData(nameof(Packages.Libraries), MemberType = typeof(Packages))]
    public void Every_public_type_is_among_those_recorded(string package)
    {
        var recorded = File.ReadAllLines(Repository.PathTo("src", package, "PublicAPI.Shipped.txt"))
            .Concat(File.ReadAllLines(Repository.PathTo("src", package, "PublicAPI.Unshipped.txt")))
            .Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..])
            .ToHashSet(StringComparer.Ordinal);
        Rule.Holds(
            $"A public type of {package} is not recorded.",
            "If it is meant to be public, record it as CONTRIBUTING.md says, and commit that with a line in CHANGELOG.md.",
            from type in Packages.Load(package).GetExportedTypes()
            where !type.IsNested && !type.IsGenericType && !recorded.Contains(type.FullName!)
            select type.FullName);
    }
}
