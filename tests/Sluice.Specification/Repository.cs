namespace Sluice.Specification;

/// <summary>The clone that the tests were built in, for tests that read its files.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Sluice.slnx. Run the tests from where they were built.");
    }
}
