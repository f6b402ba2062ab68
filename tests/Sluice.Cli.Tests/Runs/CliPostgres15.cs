namespace Sluice.Cli.Tests.Runs;

public sealed class CliPostgres15() : CliServer(15);
