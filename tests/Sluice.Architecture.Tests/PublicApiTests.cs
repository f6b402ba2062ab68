using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>The public API is what was agreed on: a change shows up as a change of a recorded file.</summary>
public class PublicApiTests
{
    [Theory]
    [MemberData(nameof(Packages.Libraries), MemberType = typeof(Packages))]
    public void The_public_api_is_the_recorded_one(string package)
    {
        var path = Repository.PathTo("tests", "Sluice.Architecture.Tests", "PublicApi", package + ".txt");
        var now = ApiText.Of(Packages.Load(package));
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            Assert.False(Repository.IsContinuousIntegration, "Recorded files are not rewritten on CI. Run UPDATE_BASELINES=1 ./test PublicApi on your machine and commit what changed.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }
        var recorded = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Rule.Holds(
            $"The public API of {package} is not the recorded one (+ is new, - is gone).",
            "If the change is meant, run UPDATE_BASELINES=1 ./test PublicApi, read the difference, and commit it with a line in CHANGELOG.md.",
            Lines(now).Except(Lines(recorded), StringComparer.Ordinal).Select(line => "+ " + line)
                .Concat(Lines(recorded).Except(Lines(now), StringComparer.Ordinal).Select(line => "- " + line)));
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
