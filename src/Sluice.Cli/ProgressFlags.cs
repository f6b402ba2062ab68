using System.CommandLine;
using Sluice.Cli.Progress;

namespace Sluice.Cli;

/// <summary>The options that say how a command tells how far it is and what came of it.</summary>
sealed class ProgressFlags
{
    readonly Option<string> _progress = FileFlags.Choice(
        "--progress", "Progress on standard error: auto shows a bar on a terminal and plain lines elsewhere (default: auto)", "auto", "plain", "json", "none");

    readonly Option<bool> _json = new("--json") { Description = "Prints the result as JSON on a terminal too (elsewhere, always)" };

    internal void AddTo(Command command)
    {
        command.Add(_progress);
        command.Add(_json);
    }

    internal bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    internal ProgressKind Read(ParseResult parsed) => parsed.GetValue(_progress) switch
    {
        "plain" => ProgressKind.Plain,
        "json" => ProgressKind.Json,
        "none" => ProgressKind.None,
        _ => ProgressKind.Auto,
    };
}
