using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sluice;

/// <summary>A table's name as SQL writes it: <c>"My Schema"."Mixed ""Case"""</c>.</summary>
[Experimental(ExperimentalFor.Providers)]
public static partial class TableName
{
    /// <summary>Takes the quotes off a name that has any.</summary>
    /// <param name="text">The name as it was written.</param>
    /// <param name="schema">The schema, or null where none is named.</param>
    /// <param name="name">The name, without quotes.</param>
    /// <returns>False where the name is not written so.</returns>
    public static bool TryParse(string text, out string? schema, out string name)
    {
        ArgumentNullException.ThrowIfNull(text);
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
