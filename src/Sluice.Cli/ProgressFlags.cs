using System.CommandLine;
using Sluice.Cli.Progress;

namespace Sluice.Cli;

/// <summary>The options that say how a command tells how far it is and what came of it.</summary>
sealed class ProgressFlags
{
    readonly Option<string> _progress = FileFlags.Choice(
        "--progress", "How progress is shown on the error stream: auto is a bar on a terminal and plain lines elsewhere", "auto", "plain", "json", "none");

    readonly Option<bool> _json = new("--json") { Description = "Prints the result as JSON on a terminal too; elsewhere it always is" };

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
