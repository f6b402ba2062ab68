using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sluice.Cli;

/// <summary>
/// Finds addresses of databases, which may hold a password, where something else belongs. They are refused before anything repeats them.
/// </summary>
static class MisplacedAddress
{
    /// <summary>What is wrong, or null.</summary>
    internal static string? Find(ParseResult parsed)
    {
        foreach (var result in parsed.CommandResult.Children)
        {
            var (name, tokens) = result switch
            {
                OptionResult option => (option.Option.Name, option.Tokens),
                ArgumentResult argument => (argument.Argument.Name, argument.Tokens),
                _ => ("", []),
            };
            if (name is "--to" or "DATABASE" or "FILE")
                continue;
            if (tokens.Any(t => IsAddress(name, t.Value)))
                return $"{name} was given what looks like a database's address. It may hold a password, so it is not repeated. {Remedy(parsed.CommandResult.Command.Name)}";
        }
        return parsed.UnmatchedTokens.Any(t => !t.StartsWith('-') && Secrets.MayBeIn(t))
            ? $"What looks like a database's address stands where none is expected. It may hold a password, so it is not repeated. {Remedy(parsed.CommandResult.Command.Name)}"
            : null;
    }

    // SQL may speak of passwords and hosts, and a column may have such a name; but no query begins with a keyword or a user, no condition
    // with a scheme, and no column's name is a URL.
    static bool IsAddress(string option, string text) => option switch
    {
        "--query" =>
            Secrets.LooksLikeUrl(text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(""))
                || PostgresAddress.BeginsWithKeyword(text),
        "--where" =>
            text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme
                && text.AsSpan(0, scheme).IndexOfAnyExceptInRange('a', 'z') < 0,
        "--map" => Secrets.LooksLikeUrl(text),
        "--output" => TargetAddress.IsAddress(text) && !text.Contains("://", StringComparison.Ordinal),
        _ => Secrets.MayBeIn(text),
    };

    static string Remedy(string command) => command switch
    {
        "load" => "Name where rows go by --to, and a database that they come from in place of FILE, with --from-table or --query.",
        "export" => "Name the database that is read right behind 'sluice export'.",
        "sniff" => "Sniffing is for files.",
        _ => "'sluice --help' lists the commands.",
    };
}
