namespace Sluice.Docs.Tests;

/// <param name="Place">File and line, for messages.</param>
/// <param name="Language">What follows the backticks.</param>
/// <param name="Snippet">The name in the comment above, or null.</param>
/// <param name="Text">The lines, without the indentation that they have in common.</param>
sealed record CodeBlock(string Place, string Language, string? Snippet, string Text)
{
    public static string Unindent(IReadOnlyList<string> lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }
}
