using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Sluice.Planning;

namespace Sluice.Cli;

/// <summary>The `sluice` command and its verbs.</summary>
static class SluiceCommand
{
    internal static RootCommand Create()
    {
        var root = new RootCommand("Moves rows in bulk into PostgreSQL and SQLite.")
        {
            new LoadCommand().Create(),
            new SniffCommand().Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Parses a command line. Nothing in it is expanded: a file may be named "@file", and short options are not bundled.</summary>
    internal static ParseResult Parse(string[] arguments) =>
        Create().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    /// <summary>The parser takes an option that it does not know for a file; this says which one was probably meant.</summary>
    internal static void RefuseUnknownOptions(ArgumentResult result, Command command)
    {
        foreach (var token in result.Tokens)
        {
            if (token.Value is not ['-', _, ..])
                continue;
            var closest = ClosestName.Find(token.Value, command.Options.Select(o => o.Name));
            result.AddError($"There is no option '{token.Value}'."
                + (closest is null ? $" 'sluice {command.Name} --help' lists them." : $" Closest: '{closest}'.")
                + " A file of such a name is written './-name'.");
        }
    }
}
