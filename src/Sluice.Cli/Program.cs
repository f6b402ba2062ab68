using System.CommandLine;
using Sluice.Cli;
using Sluice.Cli.Streams;

StandardStreams.Prepare();
Secrets.RememberAll(args);
var parsed = SluiceCommand.Parse(args);
var verb = parsed.CommandResult.Command.Name;
var command = verb is "sluice" ? verb : $"sluice {verb}";
try
{
    StandardStreams.RequireFiles();
    var errors = SluiceCommand.ErrorsOf(parsed).ToList();
    foreach (var error in errors)
        Summary.WriteError(command, $"{error} (SLU0401)");
    if (errors.Count > 0)
        return ExitCode.Usage;
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
}
catch (Exception failure)
{
    Summary.WriteError(command, CommandWords.Describe(failure));
    return ExitCode.Of(failure);
}
