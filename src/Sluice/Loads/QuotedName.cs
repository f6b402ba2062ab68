using System.Text.RegularExpressions;

namespace Sluice.Loads;

/// <summary>A table's name as SQL writes it: <c>"My Schema"."Mixed ""Case"""</c>.</summary>
static partial class QuotedName
{
    /// <summary>Takes the quotes off a name that has any.</summary>
    /// <returns>False where the name is not written so.</returns>
    internal static bool TryParse(string text, out string? schema, out string name)
    {
        (schema, name) = (null, text);
        if (!text.Contains('"', StringComparison.Ordinal) || Form().Match(text) is not { Success: true } match)
            return false;
        schema = match.Groups["schema"] is { Success: true } group ? Plain(group.Value) : null;
        name = Plain(match.Groups["name"].Value);
        return name.Length > 0;
    }

    static string Plain(string part) => part.StartsWith('"') ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : part;

    [GeneratedRegex("""^((?<schema>"([^"]|"")+"|[^".]+)\.)?(?<name>"([^"]|"")+"|[^".]+)$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
