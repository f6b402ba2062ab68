namespace Sluice.Cli.Tests.Runs;

public sealed class CliPostgres() : CliServer(18);
