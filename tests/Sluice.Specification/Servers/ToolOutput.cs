namespace Sluice.Specification.Servers;

public sealed record ToolOutput(int ExitCode, string Text, string Errors);
