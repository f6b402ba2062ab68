using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>A file of the clone, by its path from the root with '/' between.</summary>
sealed record SourceFile(string Path)
{
    static readonly string[] s_made = ["artifacts", "bin", "obj", ".git", "node_modules"];

    public string Text { get; } = File.ReadAllText(Repository.PathTo(Path));

    public string Name => System.IO.Path.GetFileName(Path);

    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, i) => (i + 1, line));

    /// <summary>The files of a folder and those below it, without what builds make.</summary>
    public static IEnumerable<SourceFile> In(string folder, string pattern = "*.cs") =>
        Under(Repository.PathTo(folder), pattern)
            .Select(path => new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    static IEnumerable<string> Under(string folder, string pattern) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, pattern).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !s_made.Contains(System.IO.Path.GetFileName(child), StringComparer.Ordinal))
                .SelectMany(child => Under(child, pattern)));

    public override string ToString() => Path;
}
