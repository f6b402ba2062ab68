using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Sluice.Planning;

namespace Sluice.Cli;

/// <summary>The `sluice` command and its verbs.</summary>
static class SluiceCommand
{
    // Not a RootCommand: that one names itself after the program's file, which is not "sluice".
    static Command Create()
    {
        var help = new HelpOption { Description = "Prints help" };
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new Command("sluice", "Moves rows in bulk between files, PostgreSQL and SQLite.")
        {
            new LoadCommand().Create(),
            new ExportCommand().Create(),
            new SniffCommand().Create(),
            help,
            new VersionOption { Description = "Prints the version" },
        };
    }

    /// <summary>Parses a command line. Nothing in it is expanded: a file may be named "@file", and short options are not bundled.</summary>
    internal static ParseResult Parse(string[] arguments) =>
        Create().Parse(AsOptions(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    // "help" and "version" are no verbs of their own: they are other words for the options.
    static string[] AsOptions(string[] arguments) => arguments switch
    {
        ["help", .. var rest] => [.. rest, "--help"],
        ["version"] => ["--version"],
        _ => [.. arguments.SelectMany(KindOfDryRun)],
    };

    /// <summary>The option that has the value of one which is a flag without it.</summary>
    internal const string DryRunKindOption = "--dry-run-kind";

    static string[] KindOfDryRun(string argument) =>
        argument.StartsWith("--dry-run=", StringComparison.Ordinal) ? [DryRunKindOption, argument["--dry-run=".Length..]] : [argument];

    /// <summary>What is wrong with a command line, in sentences; empty where nothing is.</summary>
    internal static IEnumerable<string> ErrorsOf(ParseResult parsed)
    {
        if (parsed.Action is HelpWithExamples)
            return [];
        // First: what other messages repeat must not hold a password.
        if (MisplacedAddress.Find(parsed) is { } misplaced)
            return [misplaced];
        if (parsed.CommandResult.Command is { Name: "sluice", Subcommands: var verbs } && parsed.Errors.Count > 0)
            return [UnknownVerb(parsed.UnmatchedTokens, verbs)];
        // What follows an option that is not known is most likely its value.
        if (parsed.UnmatchedTokens.FirstOrDefault(IsOption) is { } option)
            return [UnknownOption(option, parsed.CommandResult.Command)];
        return parsed.Errors.Select(e => MissingValue(e, parsed) ?? e.Message).Distinct(StringComparer.Ordinal);
    }

    /// <summary>What is to be written where a value is missing; the parser says only that one is.</summary>
    static string? MissingValue(ParseError error, ParseResult parsed) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Option: { } option } =>
            $"{option.Name} needs a value: '{option.Name} {option.HelpName}'. 'sluice {parsed.CommandResult.Command.Name} --help' tells more.",
        CommandResult or ArgumentResult { Tokens.Count: 0 } when parsed.CommandResult is { Command: { Arguments: [var argument] } command }
            && parsed.CommandResult.Tokens.Count == 0 =>
            $"Say which file is {(command.Name is "load" ? "loaded" : "looked at")}: 'sluice {command.Name} {argument.Name}'. 'sluice {command.Name} --help' tells more.",
        _ => null,
    };

    static bool IsOption(string token) => token is ['-', _, ..];

    static string UnknownOption(string option, Command command)
    {
        // What was given to it may be a password.
        option = option.Split('=', ':')[0];
        var closest = ClosestName.Find(option, command.Options.Select(o => o.Name));
        return $"There is no option '{option}'." + (closest is null ? $" 'sluice {command.Name} --help' lists them." : $" Closest: '{closest}'.");
    }

    static string UnknownVerb(IReadOnlyList<string> tokens, IList<Command> verbs)
    {
        if (tokens.Count == 0)
            return "Say what to do: 'sluice load FILE', 'sluice export DATABASE' or 'sluice sniff FILE'. 'sluice --help' tells more.";
        var closest = ClosestName.Find(tokens[0], verbs.Select(v => v.Name));
        return $"There is no command '{tokens[0]}'. " + (closest is null ? "'sluice --help' lists the commands." : $"Closest: 'sluice {closest}'.");
    }

    /// <summary>The parser takes an option that it does not know for a file; this says which one was probably meant.</summary>
    internal static void RefuseUnknownOptions(ArgumentResult result, Command command)
    {
        foreach (var token in result.Tokens)
        {
            if (IsOption(token.Value))
                result.AddError($"{UnknownOption(token.Value, command)} A file of such a name is written './-name'.");
        }
    }
}
