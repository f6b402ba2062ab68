using System.CommandLine;
using Sluice.Cli;

var parsed = SluiceCommand.Parse(args);
var command = parsed.CommandResult is { Command: RootCommand } ? "sluice" : $"sluice {parsed.CommandResult.Command.Name}";
if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
{
    foreach (var error in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
        Summary.WriteError(command, $"{error} (SLU0401)");
    return ExitCode.Usage;
}
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
}
catch (Exception failure)
{
    Summary.WriteError(command, Failure.Describe(failure));
    return ExitCode.Of(failure);
}
